import { compareTexts } from '../../base/order.ts';
import type { OwnedTarget, ShardTargets } from './shard-targets.ts';

/** A target that other shards scrape than before: its series go on in another Prometheus. */
export interface MovedTarget {
  readonly job: string;
  readonly url: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Targets of one shard. */
export interface ShardCount {
  readonly shard: number;
  /** Absent: there is no such shard. */
  readonly before?: number;
  readonly after?: number;
  /** Targets that come from other shards, and that go to others. */
  readonly in: number;
  readonly out: number;
}

/** What becomes of targets when the number of shards changes. */
export interface ShardMoves {
  readonly from: number;
  readonly to: number;
  /** Targets that there are on both sides. */
  readonly targets: number;
  readonly moved: number;
  /** Percent of the targets, rounded. */
  readonly share: number;
  readonly shards: readonly ShardCount[];
  /** By job and URL. */
  readonly list: readonly MovedTarget[];
}

const count = ({ targets }: ShardTargets, shard: number): number =>
  [...targets.values()].filter(({ shards }) => shards.includes(shard)).length;

/** Who moves. A target that one of its shards keeps stays: one that all shards scrape moves never. */
export function compareShards(before: ShardTargets, after: ShardTargets): ShardMoves {
  const both = [...before.targets].flatMap(([id, from]): { from: OwnedTarget; to: OwnedTarget }[] => {
    const to = after.targets.get(id);
    return to === undefined ? [] : [{ from, to }];
  });
  const moves = both.filter(({ from, to }) => !to.shards.some((shard) => from.shards.includes(shard)));
  const list = moves.map(({ from, to }): MovedTarget => {
    const { job, url, shards } = from;
    return { job, url, from: shards, to: to.shards };
  });
  const shards = Array.from({ length: Math.max(before.shards, after.shards) }, (_, shard): ShardCount => {
    return {
      shard,
      ...(shard < before.shards ? { before: count(before, shard) } : {}),
      ...(shard < after.shards ? { after: count(after, shard) } : {}),
      in: list.filter(({ to }) => to.includes(shard)).length,
      out: list.filter(({ from }) => from.includes(shard)).length,
    };
  });
  return {
    ...{ from: before.shards, to: after.shards, targets: both.length, moved: list.length, shards },
    share: both.length === 0 ? 0 : Math.round((100 * list.length) / both.length),
    list: list.sort((a, b) => compareTexts(`${a.job} ${a.url}`, `${b.job} ${b.url}`)),
  };
}

/** Targets of a job before and after. */
export interface JobTargets {
  readonly job: string;
  readonly before: number;
  readonly after: number;
}

/** The jobs whose number of targets is another one; a job that is not there has none. */
export function compareJobs(before: ShardTargets, after: ShardTargets): JobTargets[] {
  const [old, now] = [before, after].map(({ targets }) => {
    const jobs = new Map<string, number>();
    for (const { job } of targets.values()) jobs.set(job, (jobs.get(job) ?? 0) + 1);
    return jobs;
  });
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort(compareTexts);
  return names.flatMap((job): JobTargets[] => {
    const [was, is] = [old?.get(job) ?? 0, now?.get(job) ?? 0];
    return was === is ? [] : [{ job, before: was, after: is }];
  });
}
