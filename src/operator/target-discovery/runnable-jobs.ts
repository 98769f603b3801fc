import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import { viewShard } from '../../core/desired/shard-view.ts';
import { loadPrometheusConfig } from '../../core/prometheus-config/load-config.ts';
import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import type { SdConfig } from '../../core/targets/sd-config.ts';

/**
 * The jobs of a Prometheus with the discovery that the operator may do for it: by the objects of its own cluster. Files
 * and servers that users name are not opened with the operator's rights.
 *
 * @throws {SyntaxError} when Prometheus would refuse the configuration.
 */
export function listRunnableJobs({ workload, config }: DesiredPrometheus): readonly LoadedJob[] {
  if (config === undefined) return [];
  const { jobs } = loadPrometheusConfig(viewShard(config.yaml(), workload, undefined), workload.version);
  return jobs.map((loaded) => ({ ...loaded, discovery: loaded.discovery.filter(isOwn) }));
}

function isOwn(config: SdConfig): boolean {
  if (config.mechanism === 'static') return true;
  return config.mechanism === 'kubernetes' && config.apiServer === undefined && config.kubeconfigFile === '';
}
