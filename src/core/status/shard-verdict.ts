import type { Verdict } from './conditions.ts';

export interface ShardAdvice {
  readonly recommended: number;
  /** That there are. */
  readonly shards: number;
  /** Wished targets of a shard. */
  readonly perShard: number;
}

/** The condition ShardsFit. It changes with the advice only: it does not name the number of targets, which changes all the time. */
export function judgeShards({ recommended, shards, perShard }: ShardAdvice): Verdict {
  const wished = `${recommended} ${recommended === 1 ? 'shard is' : 'shards are'} recommended for ${perShard} targets a shard`;
  if (recommended === shards) return { status: 'True', reason: 'ShardsAsRecommended', message: wished };
  const reason = recommended > shards ? 'MoreShardsRecommended' : 'FewerShardsRecommended';
  return {
    status: 'False',
    reason,
    message: `${wished}, there ${shards === 1 ? 'is' : 'are'} ${shards}: set spec.shards`,
  };
}
