import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import { viewShard } from '../../core/desired/shard-view.ts';
import { loadPrometheusConfig } from '../../core/prometheus-config/load-config.ts';
import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import type { SdConfig } from '../../core/targets/sd-config.ts';

/** All jobs of a Prometheus, those of all shards together. @throws {SyntaxError} when Prometheus would refuse them. */
export function loadJobs({ workload, config }: DesiredPrometheus): readonly LoadedJob[] {
  if (config === undefined) return [];
  return loadPrometheusConfig(viewShard(config.yaml(), workload, undefined), workload.version).jobs;
}

/**
 * Jobs with the discovery that the operator may do for them: by the objects of its own cluster. Files and servers that users
 * name are not opened with the operator's rights.
 */
export function listRunnableJobs(jobs: readonly LoadedJob[]): readonly LoadedJob[] {
  return jobs.map((loaded) => ({ ...loaded, discovery: loaded.discovery.filter(isOwn) }));
}

/** Whether the operator finds what it discovers. */
export function isOwn(config: SdConfig): boolean {
  if (config.mechanism === 'static') return true;
  return config.mechanism === 'kubernetes' && config.apiServer === undefined && config.kubeconfigFile === '';
}
