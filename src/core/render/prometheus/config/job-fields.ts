import type { MonitorKind } from '../../../monitor.ts';
import { mechanisms } from './discovery/mechanisms.ts';
import type { Job } from './job.ts';

/** Keys of a job that come from a field of another name, where kinds differ from `camelCase`. */
const otherNames: Readonly<Partial<Record<MonitorKind, Readonly<Record<string, string>>>>> = {
  ServiceMonitor: { scrape_interval: 'interval', metrics_path: 'path', bearer_token: 'bearerTokenSecret' },
  PodMonitor: { scrape_interval: 'interval', metrics_path: 'path', bearer_token: 'bearerTokenSecret' },
  Probe: {
    scrape_interval: 'interval',
    metrics_path: 'prober.path',
    scheme: 'prober.scheme',
    bearer_token: 'bearerTokenSecret',
    static_configs: 'targets.staticConfig',
  },
  ScrapeConfig: {
    metric_name_validation_scheme: 'nameValidationScheme',
    metric_name_escaping_scheme: 'nameEscapingScheme',
  },
};

/** Keys that a monitor has once, for all of its endpoints. */
const keysOfSpec =
  /_limit$|_histograms?(?:_|$)|^scrape_protocols$|^fallback_scrape_protocol$|^keep_dropped_targets$|^body_size_limit$/;

export const camelCase = (key: string): string =>
  key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const indexOf = (part: string | undefined): number => Number(part?.slice(1, -1) ?? -1);

/**
 * The field behind a place in a job: a path in the monitor, or "workload.spec…" for what the workload puts into every job.
 * @param path keys and "[index]" from the job on.
 */
export function nameJobField(job: Job, path: readonly string[]): string {
  const [key = '', index] = path;
  const rules = { relabel_configs: job.relabelings, metric_relabel_configs: job.metricRelabelings }[key];
  const origin = rules?.[indexOf(index)]?.origin ?? '';
  if (origin !== '') return origin;
  if (key === '' || rules !== undefined) return job.field;
  if (key.endsWith('_sd_configs')) return nameDiscoveryField(job, path);
  const base = keysOfSpec.test(key) ? 'spec' : job.field;
  return `${base}.${otherNames[job.kind]?.[key] ?? camelCase(key)}`;
}

/** Only a ScrapeConfig says itself how to discover; the others leave the way to the API server to the workload. */
function nameDiscoveryField(job: Job, [key = '', index, inside]: readonly string[]): string {
  if (job.kind === 'ScrapeConfig') return `spec.${fieldOf(key)}${index ?? ''}`;
  return inside === undefined || inside === 'selectors' ? job.field : 'workload.spec.apiserverConfig';
}

const fieldOf = (section: string): string =>
  mechanisms.find((one) => one.section === section)?.field ?? camelCase(section);
