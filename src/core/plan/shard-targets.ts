import { viewShard } from '../desired/shard-view.ts';
import { loadPrometheusConfig } from '../prometheus-config/load-config.ts';
import { configFolder } from '../render/prometheus/prometheus-paths.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { countShards } from '../render/prometheus/shards.ts';
import type { LabelSet } from '../relabel/label-set.ts';
import type { Role } from '../targets/groups/discovered-objects.ts';
import { findTargetsOffline } from '../targets/offline.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import { buildTargetUrl } from '../targets/target-url.ts';

/** One target, and the shards that scrape it: mostly one. */
export interface OwnedTarget {
  readonly job: string;
  readonly url: string;
  readonly shards: readonly number[];
}

/** The targets of a Prometheus. */
export interface ShardTargets {
  /** By what tells one from the others whatever the number of shards: job and labels. */
  readonly targets: ReadonlyMap<string, OwnedTarget>;
  readonly shards: number;
  /** Jobs whose targets cannot be told from objects of a cluster, and why. */
  readonly skipped: readonly string[];
}

/** A workload with a configuration, as text. */
export interface ConfiguredWorkload {
  readonly workload: PrometheusWorkload;
  readonly yaml: string;
}

/** Files beside the configuration are not here. */
const place = { folder: configFolder, expand: () => [] };

/**
 * The targets that the shards of a workload would have in that cluster, as Prometheus finds them. A DaemonSet has no shards: the targets
 * of all nodes are together.
 * @throws {SyntaxError} for a configuration that Prometheus would refuse.
 */
export function findShardTargets({ workload, yaml }: ConfiguredWorkload, objects: ClusterObjects): ShardTargets {
  const shards = workload.form === 'DaemonSet' ? 1 : countShards(workload.spec);
  const { version } = workload;
  const options = { version, ownNamespace: workload.owner.metadata.namespace };
  const targets = new Map<string, { job: string; url: string; shards: number[] }>();
  const skipped = new Set<string>();
  for (let shard = 0; shard < shards; shard += 1) {
    const text = viewShard(yaml, workload, workload.form === 'DaemonSet' ? undefined : shard);
    const { jobs } = loadPrometheusConfig(text, version, place);
    const found = findTargetsOffline(jobs, objects, options);
    for (const { jobName, reason } of found.skipped) skipped.add(`job ${jobName}: ${reason}`);
    for (const [job, pool] of found.pools)
      for (const { labels } of pool.list().active) {
        const id = identify(job, labels);
        const known = targets.get(id);
        if (known === undefined)
          targets.set(id, { job, url: buildTargetUrl(pool.compiled.job, labels), shards: [shard] });
        else known.shards.push(shard);
      }
  }
  return { targets, shards, skipped: [...skipped] };
}

/**
 * The roles by which a configuration discovers; Pods and Services come with endpoints, Nodes where jobs attach them.
 * @throws {SyntaxError} as `findShardTargets`.
 */
export function listRoles({ workload, yaml }: ConfiguredWorkload): ReadonlySet<Role> {
  const { jobs } = loadPrometheusConfig(viewShard(yaml, workload, undefined), workload.version, place);
  const configs = jobs.flatMap(({ discovery }) => discovery).filter((one) => one.mechanism === 'kubernetes');
  return new Set(
    configs.flatMap(({ role, attachMetadata }): Role[] => [
      role,
      ...(role === 'endpoints' || role === 'endpointslice' ? (['pod', 'service'] as const) : []),
      ...(attachMetadata.node ? (['node'] as const) : []),
    ]),
  );
}

/** What rules keep for themselves, such as the hash by which targets are dealt out: it depends on the number of shards. */
const scratch = '__tmp_';

function identify(job: string, labels: LabelSet): string {
  const all = new Map<string, string>();
  labels.writeTo(all);
  const own = [...all].filter(([name]) => !name.startsWith(scratch));
  return JSON.stringify([job, own.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
