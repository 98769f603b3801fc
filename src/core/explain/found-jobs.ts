import type { Interruptible } from '../../base/interruptible.ts';
import type { SkippedDiscovery, TargetFinder } from '../targets/offline.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import type { TargetPool } from '../targets/target-pool.ts';
import { UrlIndexBuilder } from './url-index.ts';
import type { UrlIndex } from './url-index.ts';

/** A job as Prometheus reads it, with the targets that it discovers. */
export interface OpenedJob {
  readonly loaded: LoadedJob;
  readonly pool: TargetPool;
}

/**
 * The targets of many jobs. Of thousands of jobs pools take hundreds of megabytes: what is asked of all together is kept, and pools
 * are made again for who looks at one.
 */
export class FoundJobs {
  readonly #jobs: ReadonlyMap<string, LoadedJob>;
  readonly #finder: TargetFinder;
  readonly #urls = new UrlIndexBuilder();
  readonly skipped: SkippedDiscovery[] = [];

  constructor(jobs: readonly LoadedJob[], finder: TargetFinder) {
    this.#jobs = new Map(jobs.map((loaded) => [loaded.job.jobName, loaded]));
    this.#finder = finder;
  }

  /** Looks at each job once, and rests behind it. */
  *scan(): Interruptible<void> {
    for (const [name, loaded] of this.#jobs) {
      const { pool, skipped } = this.#finder.find(loaded);
      this.skipped.push(...skipped);
      this.#urls.add(name, pool);
      yield;
    }
  }

  get urls(): UrlIndex {
    return this.#urls;
  }

  /** Undefined: there is no such job. */
  open(name: string): OpenedJob | undefined {
    const loaded = this.#jobs.get(name);
    return loaded && { loaded, pool: this.#finder.find(loaded).pool };
  }

  /** As `open`, of the pool alone. */
  get(name: string): TargetPool | undefined {
    return this.open(name)?.pool;
  }
}
