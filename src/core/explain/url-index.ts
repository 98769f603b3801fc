import type { TargetPool } from '../targets/target-pool.ts';
import { buildTargetUrl } from '../targets/target-url.ts';

/** Which jobs scrape which URLs. */
export interface UrlIndex {
  /** By the name of the job, in their order: how many URLs it scrapes. */
  readonly totals: ReadonlyMap<string, number>;
  /** By URL: names of jobs, in their order. */
  readonly jobs: ReadonlyMap<string, readonly string[]>;
}

export function indexUrls(pools: ReadonlyMap<string, TargetPool>): UrlIndex {
  const totals = new Map<string, number>();
  const jobs = new Map<string, string[]>();
  for (const [name, pool] of pools) {
    const urls = new Set(listPoolUrls(pool));
    totals.set(name, urls.size);
    for (const url of urls) {
      const known = jobs.get(url);
      if (known === undefined) jobs.set(url, [name]);
      else known.push(name);
    }
  }
  return { totals, jobs };
}

/** The URLs of all active targets of a pool. */
export function listPoolUrls(pool: TargetPool): string[] {
  return pool.list().active.map(({ labels }) => buildTargetUrl(pool.compiled.job, labels));
}
