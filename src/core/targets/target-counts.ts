import type { PoolContents, TargetPool } from './target-pool.ts';
import type { TargetState } from './target-rows.ts';
import { groupByUrl } from './target-rows.ts';
import { buildTargetUrl } from './target-url.ts';

export interface TargetCounts extends Readonly<Record<TargetState, number>> {
  /** Active targets whose URL another job scrapes as well. */
  readonly overlapping: number;
}

/**
 * How many targets the jobs of one Prometheus have in each state, by job. Counted anew only for jobs whose targets have
 * changed; overlaps when any job's active targets have.
 */
export class TargetCounter {
  #seen: ReadonlyMap<string, PoolContents> = new Map();
  #counts: ReadonlyMap<string, TargetCounts> = new Map();

  count(pools: ReadonlyMap<string, TargetPool>): ReadonlyMap<string, TargetCounts> {
    const contents = new Map([...pools].map(([job, pool]) => [job, pool.list()]));
    const isSame =
      contents.size === this.#seen.size && [...contents].every(([job, one]) => this.#seen.get(job) === one);
    if (isSame) return this.#counts;
    const jobsByUrl = groupByUrl(pools);
    this.#seen = contents;
    this.#counts = new Map([...pools].map(([job, pool]) => [job, countPool(pool, jobsByUrl)]));
    return this.#counts;
  }
}

function countPool(pool: TargetPool, jobsByUrl: ReadonlyMap<string, readonly string[]>): TargetCounts {
  const { active, dropped, failed } = pool.list();
  const urlOf = (one: (typeof active)[number]): string => buildTargetUrl(pool.compiled.job, one.labels);
  return {
    active: active.length,
    dropped: dropped.length,
    failed: failed.length,
    duplicate: active.reduce((sum, { discovered }) => sum + discovered.length - 1, 0),
    overlapping: active.filter((one) => (jobsByUrl.get(urlOf(one)) ?? []).length > 1).length,
  };
}
