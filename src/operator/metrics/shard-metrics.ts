import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { AdvisedWorkload, ShardAdviser } from '../target-discovery/shard-adviser.ts';

export interface ShardMetrics {
  /** From now on metrics show what it advises; without it there are no series. */
  follow(adviser: Pick<ShardAdviser, 'list'>): void;
}

/** Numbers of shards that are recommended, for an autoscaler (docs/shards.md; `--target-discovery`). */
export function createShardMetrics(registry: Registry): ShardMetrics {
  let adviser: Pick<ShardAdviser, 'list'> | undefined;
  const gauge = (name: string, help: string, read: (one: AdvisedWorkload) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['workload_kind', 'workload'],
      registers: [registry],
      collect() {
        this.reset();
        for (const one of adviser?.list() ?? []) this.set({ workload_kind: one.kind, workload: one.key }, read(one));
      },
    });
  gauge(
    'stoker_recommended_shards',
    'Shards that a workload with the annotation stoker.dev/targets-per-shard should have',
    ({ recommended }) => recommended,
  );
  gauge(
    'stoker_sharded_targets',
    'Targets of all shards of a workload with the annotation stoker.dev/targets-per-shard',
    ({ targets }) => targets,
  );
  return { follow: (one) => (adviser = one) };
}
