import { mostShards } from '../limits.ts';

/**
 * How full of what is wished shards may be for one to go: a load that varies by less than a fifth does not make shards come and go.
 */
const fullEnough = 0.8;

/** What a workload scrapes, and how much of it a shard should have. */
export interface ShardDemand {
  /** Number of targets. */
  readonly load: number;
  /** Wished targets of a shard; more than 0. */
  readonly perShard: number;
  /** What was recommended last, or the number of shards that there are. */
  readonly before: number;
  /** Shards come in such numbers: as many as there are zones that they are spread over, otherwise 1. */
  readonly step: number;
}

/**
 * A number of shards with which none has more than is wished. It rises at once and falls late: as long as shards would be more than four
 * fifths full with fewer of them, it stays.
 */
export function recommendShards({ load, perShard, before, step }: ShardDemand): number {
  const toSteps = (shards: number): number => Math.max(1, Math.ceil(shards / step)) * step;
  const least = toSteps(load / perShard);
  const enough = toSteps(load / (perShard * fullEnough));
  const most = Math.max(step, Math.floor(mostShards / step) * step);
  return Math.min(most, Math.max(least, Math.min(toSteps(before), enough)));
}
