import type { Clock, Timer } from '../base/clock.ts';
import { compareBytes } from '../base/order.ts';
import { TargetPool } from '../core/targets/target-pool.ts';
import type { CompiledJob } from '../core/targets/scrape-job.ts';
import type { GroupStore } from './group-store.ts';
import type { Snapshot } from './manager.ts';
import { reloadedAtOnceMs } from './limits.ts';
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
 * (docs/reference/discovery.md 5.9), and pays for each job only what changed.
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
  /** Names of jobs whose pools are brought up to date next. */
  #waiting: string[] = [];
  #next: Timer | undefined;

  constructor(options: ScrapeManagerOptions) {
    this.#options = options;
  }

  /** Pools by job name, in order of the names. */
  get pools(): ReadonlyMap<string, TargetPool> {
    const pools = [...this.#pools].sort(([a], [b]) => compareBytes(a, b));
    return new Map(pools.map(([name, { pool }]) => [name, pool]));
  }

  findPool(name: string): TargetPool | undefined {
    return this.#pools.get(name)?.pool;
  }

  /** True when the pools show the last snapshot. */
  get isIdle(): boolean {
    return !this.#isTriggered && this.#waiting.length === 0;
  }

  /** Begins to act on snapshots. */
  start(): void {
    this.#timer ??= this.#options.clock.schedule(this.#options.reloadIntervalMs, () => this.#tick());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#next?.cancel();
    this.#waiting = [];
  }

  /** Takes over jobs: pools of jobs that are gone go; those of changed ones keep their targets until the next reload. */
  applyConfig(jobs: ReadonlyMap<string, CompiledJob>): void {
    this.#jobs = jobs;
    for (const name of this.#pools.keys()) if (!jobs.has(name)) this.#pools.delete(name);
  }

  /** Takes what the discovery manager sends; never refuses. */
  receive(snapshot: Snapshot): boolean {
    this.#snapshot = snapshot;
    this.#isTriggered = true;
    this.#reloadWhenReady();
    return true;
  }

  /** The pool of a job as it is configured now. */
  #openPool(name: string, compiled: CompiledJob): FollowedPool {
    const known = this.#pools.get(name);
    if (known?.pool.compiled === compiled) return known;
    if (known === undefined) this.#options.metrics.countPool();
    else this.#options.metrics.countPoolReload();
    const made = { pool: new TargetPool(compiled), seen: new Map<GroupStore, number>() };
    this.#pools.set(name, made);
    return made;
  }

  #tick(): void {
    this.#timer = this.#options.clock.schedule(this.#options.reloadIntervalMs, () => this.#tick());
    if (this.#isReady) this.#hasTick = true;
    this.#isReady = true;
    this.#reloadWhenReady();
  }

  #reloadWhenReady(): void {
    if (!this.#isReady || !this.#isTriggered || this.#waiting.length > 0) return;
    this.#isReady = this.#hasTick;
    this.#hasTick = false;
    this.#isTriggered = false;
    this.#waiting = [...this.#snapshot.keys()].reverse();
    this.#reload();
  }

  /** Brings pools up to date, a piece at a time: hundreds of jobs may look at thousands of targets each. */
  #reload(): void {
    const { clock, onReload } = this.#options;
    const end = clock.monotonic() + reloadedAtOnceMs;
    for (let name = this.#waiting.pop(); name !== undefined; name = this.#waiting.pop()) {
      this.#reloadJob(name);
      if (this.#waiting.length > 0 && clock.monotonic() >= end) {
        this.#next = clock.schedule(0, () => this.#reload());
        return;
      }
    }
    onReload?.();
    // What came meanwhile.
    this.#reloadWhenReady();
  }

  #reloadJob(name: string): void {
    const compiled = this.#jobs.get(name);
    const stores = this.#snapshot.get(name);
    if (compiled === undefined || stores === undefined) return;
    const followed = this.#openPool(name, compiled);
    follow(followed, stores);
    const { failedCount, exceedsTargetLimit } = followed.pool;
    this.#options.metrics.countSync(name, failedCount, exceedsTargetLimit);
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
