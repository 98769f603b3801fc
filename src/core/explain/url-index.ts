import type { Interruptible } from '../../base/interruptible.ts';
import type { TargetPool } from '../targets/target-pool.ts';
import { buildTargetUrl } from '../targets/target-url.ts';

/** Which jobs scrape which URLs. */
export interface UrlIndex {
  /** By the name of the job: how many URLs it scrapes, and its place in their order. */
  readonly totals: ReadonlyMap<string, { readonly total: number; readonly order: number }>;
  /** By URL: names of jobs, in their order. */
  readonly jobs: ReadonlyMap<string, readonly string[]>;
}

export function* indexUrls(pools: ReadonlyMap<string, TargetPool>): Interruptible<UrlIndex> {
  const totals = new Map<string, { total: number; order: number }>();
  const jobs = new Map<string, string[]>();
  for (const [name, pool] of pools) {
    const urls = new Set(listPoolUrls(pool));
    totals.set(name, { total: urls.size, order: totals.size });
    for (const url of urls) {
      const known = jobs.get(url);
      if (known === undefined) jobs.set(url, [name]);
      else known.push(name);
    }
    yield;
  }
  return { totals, jobs };
}

/** The URLs of all active targets of a pool. */
export function listPoolUrls(pool: TargetPool): string[] {
  return pool.list().active.map(({ labels }) => buildTargetUrl(pool.compiled.job, labels));
}
