import type { PrometheusWorkload } from './prometheus-workload.ts';

/** How many targets a shard should have: with it, a number of shards is recommended (docs/shards.md). */
export const shardSizeAnnotation = 'stoker.dev/targets-per-shard';

/** Undefined for both: nobody asks. */
export interface ShardSize {
  readonly perShard: number | undefined;
  /** Why there is none though somebody asks; for people. */
  readonly problem: string | undefined;
}

/** Reads the annotation. */
export function chooseShardSize({ owner, form }: Pick<PrometheusWorkload, 'owner' | 'form'>): ShardSize {
  const written = owner.metadata.annotations?.[shardSizeAnnotation]?.trim();
  const refuse = (reason: string): ShardSize => ({
    perShard: undefined,
    problem: `No number of shards is recommended: annotation ${shardSizeAnnotation}: ${reason}`,
  });
  if (written === undefined) return { perShard: undefined, problem: undefined };
  if (form === 'DaemonSet') return refuse('agents in mode DaemonSet have no shards');
  if (!/^[1-9]\d{0,8}$/.test(written))
    return refuse(`cannot read "${written}": want a number of targets such as "2000"`);
  return { perShard: Number(written), problem: undefined };
}
