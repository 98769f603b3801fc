import { createHash } from 'node:crypto';
import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { ConfigMap, Secret } from '../../core/render/shared/rendered-objects.ts';

/** Digests of what the replicas of a Prometheus should load. */
export interface Revisions {
  /** Of all of it. */
  readonly revision: string;
  /** Of the configuration alone. */
  readonly configRevision: string;
}

/** Undefined when there is no configuration of the operator's. */
export function readRevisions({ steps, workload, config }: DesiredPrometheus): Revisions | undefined {
  if (config === undefined) return undefined;
  const objects = steps.flatMap((step) => (step.kind === 'write' ? [step.object] : []));
  const secret = objects.find(({ metadata }) => metadata.name === workload.names.configSecret);
  if (secret === undefined) return undefined;
  const rules = objects.filter((object) => object.kind === 'ConfigMap');
  const configRevision = digestData(secret);
  return { configRevision, revision: [configRevision, ...rules.map(digestData)].join(' ') };
}

/** Of the contents: labels and annotations reload nothing. */
function digestData({ metadata, data = {} }: Secret | ConfigMap): string {
  const hash = createHash('sha1').update(metadata.name ?? '');
  for (const [key, value] of Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`\0${key}\0`).update(value);
  return hash.digest('base64');
}
