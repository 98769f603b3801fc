import { monitorKinds } from '../../../monitor.ts';
import type { MonitorKind } from '../../../monitor.ts';
import type { KeyReference } from '../../../assets/references.ts';

/** Something that was left out, and why; the configuration is valid all the same. */
export interface Warning {
  /** Key of the object ("Kind namespace/name"), or "" for the workload. */
  readonly object: string;
  readonly message: string;
}

/**
 * The jobs of one monitor as text. The same monitor, context and assets give the same fragment object as long as it is
 * cached, so fragments are compared by identity.
 */
export interface Fragment {
  /** "Kind/namespace/name". */
  readonly key: string;
  /** Items of `scrape_configs`: lines that end with a newline. */
  readonly yaml: string;
  readonly jobs: number;
  /** Whether a compressed chunk ends behind it. */
  readonly endsChunk: boolean;
  /** Keys whose contents must be in the tls-assets Secrets. */
  readonly tlsAssets: readonly KeyReference[];
  readonly warnings: readonly Warning[];
}

/** The fragments of a workload's monitors by kind, each list in the order of "namespace/name". */
export type Fragments = Readonly<Record<MonitorKind, readonly Fragment[]>>;

/** One list for each kind, made by `list`. */
export function makeFragments(list: (kind: MonitorKind) => readonly Fragment[]): Fragments {
  return Object.fromEntries(monitorKinds.map((kind) => [kind, list(kind)])) as unknown as Fragments;
}
