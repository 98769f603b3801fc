import { hashJson } from '../../../base/hash.ts';
import type { Secret } from '../shared/rendered-objects.ts';
import type { WorkloadNames } from '../shared/workload.ts';
import { renderSecret } from '../shared/secret.ts';
import type { JobFile } from './config/job-files.ts';
import { configKey } from './prometheus-paths.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';
import { listShardValues } from './shards.ts';

/** The main part of a configuration whose jobs are in files: beside the Secret that pods mount which were not restarted yet. */
export const nameSplitSecret = ({ names }: { readonly names: Pick<WorkloadNames, 'prefix'> }): string =>
  `${names.prefix}-scrape-configs`;

/** The Secret of one file, for the pods of one shard. */
export function nameJobFileSecret(workload: Pick<PrometheusWorkload, 'names'>, shard: number, index: number): string {
  return `${nameSplitSecret(workload)}-${shard}-${index}`;
}

export function renderSplitSecret(workload: PrometheusWorkload, compressed: Uint8Array): Secret {
  const { owner, settings } = workload;
  return renderSecret({ name: nameSplitSecret(workload), data: { [configKey]: compressed } }, owner, settings);
}

/** A Secret that is encoded when it is asked for: there may be a hundred, of which one is written. */
export interface JobFileSecret {
  readonly object: Secret;
  /** Equal fingerprints mean equal Secrets. */
  readonly fingerprint: string;
}

/** The variables of a shard filled in, as the config-reloader does. */
function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\((\w+)\)/g, (written, name: string) => values[name] ?? written);
}

/** The Secret with the jobs of one file. */
export function renderJobFileSecret(workload: PrometheusWorkload, shard: number, file: JobFile): JobFileSecret {
  const { owner, settings } = workload;
  const values = listShardValues(workload, shard);
  const empty = renderSecret({ name: nameJobFileSecret(workload, shard, file.index), data: {} }, owner, settings);
  const { metadata } = empty;
  return {
    object: {
      ...empty,
      get data() {
        return { [`${file.index}.yaml`]: Buffer.from(fillIn(file.text(), values)).toString('base64') };
      },
    },
    fingerprint: hashJson({ metadata, values, digest: file.digest }),
  };
}
