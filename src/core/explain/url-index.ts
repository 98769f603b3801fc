import type { TargetPool } from '../targets/target-pool.ts';
import { buildTargetUrl } from '../targets/target-url.ts';

/** Which jobs scrape which URLs. */
export interface UrlIndex {
  /** By the name of the job: how many URLs it scrapes, and its place in their order. */
  readonly totals: ReadonlyMap<string, { readonly total: number; readonly order: number }>;
  /** By URL: names of jobs, in their order. */
  readonly jobs: ReadonlyMap<string, readonly string[]>;
}

/** Which jobs scrape which URLs, put together job by job, in their order. */
export class UrlIndexBuilder implements UrlIndex {
  readonly totals = new Map<string, { total: number; order: number }>();
  readonly jobs = new Map<string, string[]>();

  add(name: string, pool: TargetPool): void {
    const urls = new Set(listPoolUrls(pool));
    this.totals.set(name, { total: urls.size, order: this.totals.size });
    for (const url of urls) {
      const known = this.jobs.get(url);
      if (known === undefined) this.jobs.set(url, [name]);
      else known.push(name);
    }
  }
}

/** The URLs of all active targets of a pool. */
export function listPoolUrls(pool: TargetPool): string[] {
  return pool.list().active.map(({ labels }) => buildTargetUrl(pool.compiled.job, labels));
}
