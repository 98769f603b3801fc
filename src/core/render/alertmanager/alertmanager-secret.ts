import type { Secret } from '../shared/rendered-objects.ts';
import { renderSecret } from '../shared/secret.ts';
import { configKey } from './alertmanager-paths.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

/** What the generated Secret holds. */
export interface ConfigContent {
  /** alertmanager.yaml, gzipped. */
  readonly gzip: Uint8Array;
  /** The other keys of the user's Secret. */
  readonly extraKeys: Readonly<Record<string, Uint8Array>>;
}

/** The generated configuration Secret (docs/reference/rendering.md 5.1, 5.6). */
export function renderConfigSecret(workload: AlertmanagerWorkload, { gzip, extraKeys }: ConfigContent): Secret {
  const { names, owner, settings } = workload;
  return renderSecret({ name: names.configSecret, data: { ...extraKeys, [configKey]: gzip } }, owner, settings);
}
