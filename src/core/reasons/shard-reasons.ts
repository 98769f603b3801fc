import type { Entries } from './entry.ts';

/** What the condition ShardsFit says. */
export const shardReasons = {
  ShardsAsRecommended: {
    code: 'STK6091',
    meaning: 'ShardsFit: there are as many shards as are recommended',
    example: '3 shards are recommended for 2000 targets a shard',
    mend: 'Nothing is wrong.',
  },
  MoreShardsRecommended: {
    code: 'STK6092',
    meaning: 'ShardsFit: with the number of shards that there is, a shard has more targets than is wished',
    example: '5 shards are recommended for 2000 targets a shard, there are 3: set spec.shards',
    mend: 'Set spec.shards to the number in the message, or have an autoscaler do it by stoker_recommended_shards. `stoker shards --plan N` says which targets move.',
  },
  FewerShardsRecommended: {
    code: 'STK6093',
    meaning: 'ShardsFit: fewer shards would be less than four fifths full',
    example: '2 shards are recommended for 2000 targets a shard, there are 3: set spec.shards',
    mend: 'Set spec.shards to the number in the message, or leave it: too many shards cost memory and nothing else.',
  },
} as const satisfies Entries;
