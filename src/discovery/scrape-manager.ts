import type { Clock, Timer } from '../base/clock.ts';
import { TargetPool } from '../core/targets/target-pool.ts';
import type { CompiledJob } from '../core/targets/scrape-job.ts';
import type { GroupStore } from './group-store.ts';
import type { Snapshot } from './manager.ts';
import type { DiscoveryMetrics } from './metrics.ts';

export interface ScrapeManagerOptions {
  readonly clock: Clock;
  readonly metrics: DiscoveryMetrics;
  /** Pools are brought up to date at most this often, in milliseconds; Prometheus takes 5000. */
  readonly reloadIntervalMs: number;
  /** Told after pools were brought up to date. */
  readonly onReload?: () => void;
}

/** A pool, and how much of each store it has seen. */
interface FollowedPool {
  readonly pool: TargetPool;
  readonly seen: Map<GroupStore, number>;
}

/**
 * Keeps a pool of targets for each job in step with what is discovered, as Prometheus' scrape manager does
 * (contract/discovery.md 5.9), and pays for each job only what changed.
 */
export class ScrapeManager {
  readonly #options: ScrapeManagerOptions;
  #jobs: ReadonlyMap<string, CompiledJob> = new Map();
  #pools = new Map<string, FollowedPool>();
  #snapshot: Snapshot = new Map();
  #timer: Timer | undefined;
  /** A tick has come and waits for a trigger. */
  #isReady = false;
  /** Another tick came while one waited; there is room for one. */
  #hasTick = false;
  #isTriggered = false;

  constructor(options: ScrapeManagerOptions) {
    this.#options = options;
  }

  /** Pools by job name, in order of the names. */
  get pools(): ReadonlyMap<string, TargetPool> {
    const names = [...this.#pools.keys()].sort();
    return new Map(names.flatMap((name) => (this.#pools.has(name) ? [[name, this.#poolOf(name)]] : [])));
  }

  /** Begins to act on snapshots. */
  start(): void {
    this.#timer ??= this.#options.clock.schedule(this.#options.reloadIntervalMs, () => this.#tick());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** Takes over jobs: pools of jobs that are gone or changed go; their targets come back with the next snapshot. */
  applyConfig(jobs: ReadonlyMap<string, CompiledJob>): void {
    this.#jobs = jobs;
    for (const [name, { pool }] of this.#pools) if (jobs.get(name) !== pool.compiled) this.#replacePool(name);
  }

  /** Takes what the discovery manager sends; never refuses. */
  receive(snapshot: Snapshot): boolean {
    this.#snapshot = snapshot;
    this.#isTriggered = true;
    this.#reloadWhenReady();
    return true;
  }

  #poolOf(name: string): TargetPool {
    const followed = this.#pools.get(name);
    if (followed === undefined) throw new RangeError(`There is no pool "${name}"`);
    return followed.pool;
  }

  #replacePool(name: string): void {
    const compiled = this.#jobs.get(name);
    if (compiled === undefined) this.#pools.delete(name);
    else this.#pools.set(name, { pool: new TargetPool(compiled), seen: new Map() });
  }

  #tick(): void {
    this.#timer = this.#options.clock.schedule(this.#options.reloadIntervalMs, () => this.#tick());
    if (this.#isReady) this.#hasTick = true;
    this.#isReady = true;
    this.#reloadWhenReady();
  }

  #reloadWhenReady(): void {
    if (!this.#isReady || !this.#isTriggered) return;
    this.#isReady = this.#hasTick;
    this.#hasTick = false;
    this.#isTriggered = false;
    this.#reload();
  }

  #reload(): void {
    for (const [name, stores] of this.#snapshot) {
      if (!this.#jobs.has(name)) continue;
      if (!this.#pools.has(name)) this.#replacePool(name);
      const followed = this.#pools.get(name);
      if (followed !== undefined) follow(followed, stores);
    }
    this.#options.metrics.countPoolReload();
    this.#options.onReload?.();
  }
}

/** Brings a pool up to date with its stores. */
function follow({ pool, seen }: FollowedPool, stores: readonly GroupStore[]): void {
  for (const store of seen.keys()) {
    if (stores.includes(store)) continue;
    pool.forgetOrigin(store);
    seen.delete(store);
  }
  for (const store of stores) {
    const sources = store.changesSince(seen.get(store) ?? -1);
    if (sources === undefined) pool.replace(store, store.groups);
    else for (const source of sources) pool.set(store, source, store.groups.get(source));
    seen.set(store, store.revision);
  }
}
