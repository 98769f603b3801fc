import { gunzipSync } from 'node:zlib';
import { Version } from '../../base/version.ts';
import { mostPlanBytes } from '../limits.ts';
import { loadPrometheusConfig } from '../prometheus-config/load-config.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import type { SdConfig } from '../targets/sd-config.ts';
import { planKeys, readServedWorkload } from './served-workload.ts';
import type { ServedWorkload } from './served-workload.ts';

/** What one ConfigMap of a discovery plan says. */
export interface PlanPart {
  readonly workload: ServedWorkload;
  /** By job name. */
  readonly jobs: ReadonlyMap<string, LoadedJob>;
}

export interface PlanConfigMap {
  readonly metadata: { readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  /** Base64. */
  readonly binaryData?: Readonly<Record<string, string>>;
}

/**
 * Reads one ConfigMap of a discovery plan (docs/adr/0011-discovery-service.md).
 * @throws {SyntaxError} for one that no operator has written, or one that is newer than this.
 */
export function readPlanPart({ metadata: { namespace = '' }, data = {}, binaryData = {} }: PlanConfigMap): PlanPart {
  const workload = readServedWorkload(data[planKeys.workload] ?? 'null');
  const packed = Buffer.from(binaryData[planKeys.jobs] ?? '', 'base64');
  const text = unpack(packed);
  const { jobs } = loadPrometheusConfig(text, Version.parse(workload.version));
  return { workload, jobs: new Map(jobs.map((one) => [one.job.jobName, nameNamespace(one, namespace)])) };
}

function unpack(packed: Uint8Array): string {
  if (packed.length === 0) throw new SyntaxError(`Cannot read the jobs of a discovery plan: no "${planKeys.jobs}"`);
  try {
    return gunzipSync(packed, { maxOutputLength: mostPlanBytes }).toString('utf8');
  } catch (error) {
    throw new SyntaxError(`Cannot read the jobs of a discovery plan: "${planKeys.jobs}" is no gzip of a bounded text`, {
      cause: error,
    });
  }
}

/** `own_namespace` means the namespace of Prometheus, which is not that of the service. */
function nameNamespace(loaded: LoadedJob, namespace: string): LoadedJob {
  const discovery = loaded.discovery.map((config): SdConfig => {
    if (config.mechanism !== 'kubernetes' || !config.namespaces.ownNamespace) return config;
    const names = [...(config.namespaces.names ?? []), namespace];
    return { ...config, namespaces: { ...config.namespaces, names, ownNamespace: false } };
  });
  return { ...loaded, discovery };
}
