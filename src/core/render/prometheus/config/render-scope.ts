import type { KeyReference } from '../../../assets/references.ts';
import type { AssetStore } from '../../../assets/store.ts';
import type { Fragment, Warning } from './fragment.ts';
import type { GateName, Gates } from './gates.ts';

/** Where a piece of configuration is rendered: what it may read, what the version knows, and what it leaves behind. */
export interface RenderScope {
  readonly gates: Gates;
  readonly assets: AssetStore;
  /** Where the keys are that the rendered object refers to. */
  readonly namespace: string;
  readonly traces: Traces;
  /** Where the pods mount the tls-assets Secrets, when it is not where Prometheus does. */
  readonly tlsAssetFolder?: string;
}

/** What rendering a piece has used and left out. */
export class Traces {
  readonly #object: string;
  readonly #tlsAssets: KeyReference[] = [];
  readonly #warnings: Warning[] = [];

  /** @param object "Kind/namespace/name" for warnings. */
  constructor(object: string) {
    this.#object = object;
  }

  warn(message: string): void {
    this.#warnings.push({ object: this.#object, message });
  }

  /** Notes that a file of the tls-assets Secrets is named. */
  useTlsAsset(reference: KeyReference): void {
    this.#tlsAssets.push(reference);
  }

  get collected(): Pick<Fragment, 'tlsAssets' | 'warnings'> {
    return { tlsAssets: this.#tlsAssets, warnings: this.#warnings };
  }
}

/** The value where the version knows the field; undefined, with a warning, where it does not. */
export function gated<T>(scope: RenderScope, name: GateName, value: T | undefined): T | undefined {
  if (value === undefined || scope.gates.isOpen(name)) return value;
  scope.traces.warn(scope.gates.explainClosed(name));
  return undefined;
}
