import { keyOf } from '../../api/meta.ts';
import { monitorKinds } from '../monitor.ts';
import type { AssetStore } from '../assets/store.ts';
import { openJob } from '../render/prometheus/config/job.ts';
import { renderJobs } from '../render/prometheus/config/monitor-fragment.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import type { MonitorSelection } from '../select/monitors.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';

/** Which object a job was rendered from, and which field asked for each of its relabelling rules. */
export interface JobOrigin {
  /** "ServiceMonitor" and so on. */
  readonly kind: string;
  /** "namespace/name". */
  readonly key: string;
  /**
   * By index in relabel_configs, as `RelabelRule.origin`: a path in the object, "workload.spec…" for one in the
   * workload, "" for rules that always stand.
   */
  readonly rules: readonly string[];
}

/**
 * The origins of the jobs of all selected monitors, by job name. Additional jobs are not among them: users write those.
 *
 * @throws {InvalidFieldError} when a key cannot be read; rendering the configuration throws the same.
 */
export function listJobOrigins(
  workload: PrometheusWorkload,
  { selected }: MonitorSelection,
  assets: AssetStore,
): ReadonlyMap<string, JobOrigin> {
  const context = describeScraping(workload);
  const origins = new Map<string, JobOrigin>();
  for (const kind of monitorKinds)
    for (const monitor of selected[kind])
      for (const { config, relabelings } of renderJobs(kind, openJob(kind, monitor, { context, assets }))) {
        const { job_name: name } = config;
        const rules = relabelings.map(({ origin }) => origin);
        if (typeof name === 'string') origins.set(name, { kind, key: keyOf(monitor), rules });
      }
  return origins;
}

/** The field that asked for a rule, with its object, such as "ServiceMonitor shop/cart spec.endpoints[0].port". */
export function describeRuleOrigin(
  { kind, key, rules }: JobOrigin,
  rule: number,
  workload: string,
): string | undefined {
  const origin = rules[rule];
  if (origin === undefined) return undefined;
  if (origin === '') return `a rule of every ${kind}`;
  const shared = 'workload.';
  return origin.startsWith(shared) ? `${workload} ${origin.slice(shared.length)}` : `${kind} ${key} ${origin}`;
}
