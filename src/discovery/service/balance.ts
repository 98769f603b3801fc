import { assignShards } from '../../core/served/assign-shards.ts';
import { findHashedLabel, hashLabel, unshardedLabel } from '../../core/served/fill-shard.ts';
import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import type { PooledTarget, TargetPool } from '../../core/targets/target-pool.ts';

/** The targets of one job, and the job. */
export interface PlannedPool {
  readonly pool: TargetPool;
  readonly loaded: LoadedJob;
}

/** What tells the shard of a target: those with an equal key stay together. Undefined: all shards scrape it. */
function keyOf({ labels }: PooledTarget, loaded: LoadedJob): string | undefined {
  const hashed = findHashedLabel(loaded);
  if (hashed === undefined || (labels.get(unshardedLabel) ?? '') !== '') return undefined;
  const chosen = labels.get(hashLabel) ?? '';
  return chosen === '' ? (labels.get(hashed) ?? '') : chosen;
}

/** Deals the targets of all jobs of a workload out to its shards; says whether a shard has a target of a job. */
export function balance(
  jobs: readonly PlannedPool[],
  shards: number,
): (target: PooledTarget, loaded: LoadedJob, shard: number) => boolean {
  const weights = new Map<string, number>();
  for (const { pool, loaded } of jobs)
    for (const target of pool.list().active) {
      const key = keyOf(target, loaded);
      if (key !== undefined) weights.set(key, (weights.get(key) ?? 0) + 1);
    }
  const placed = assignShards(
    [...weights].map(([key, weight]) => ({ key, weight })),
    shards,
  );
  return (target, loaded, shard) => {
    const key = keyOf(target, loaded);
    return key === undefined || placed.get(key) === shard;
  };
}
