import { keyOf } from '../../api/meta.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { DesiredObserver } from '../../controllers/workload/desired-observer.ts';
import { isDesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { Desired } from '../../core/desired/steps.ts';
import type { PrometheusWorkload } from '../../core/render/prometheus/prometheus-workload.ts';
import { JobMeter, judgeSharing } from '../../core/targets/judge-sharing.ts';
import type { SharedBlock } from '../../core/targets/judge-sharing.ts';
import type { TargetPool } from '../../core/targets/target-pool.ts';
import { TargetCounter } from '../../core/targets/target-counts.ts';
import type { TargetCounts } from '../../core/targets/target-counts.ts';
import { InformerPool } from '../../discovery/kubernetes/informer-pool.ts';
import type { InformerReport } from '../../discovery/kubernetes/informer-pool.ts';
import { DiscoveryMetrics } from '../../discovery/metrics.ts';
import { TargetEngine } from '../../discovery/target-engine.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import { listRunnableJobs, loadJobs } from './runnable-jobs.ts';
import { observerQuietMs, observerReloadMs } from '../limits.ts';

export interface TargetObserverDeps {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** How the jobs of one workload do. */
export interface ObservedWorkload {
  /** "Prometheus" or "PrometheusAgent". */
  readonly kind: string;
  readonly key: string;
  readonly counts: ReadonlyMap<string, TargetCounts>;
}

interface TakenConfig {
  readonly desired: DesiredPrometheus;
  /** All of them, with discovery that the operator does not do, too. */
  readonly jobs: readonly LoadedJob[];
}

/** What one workload evaluates, and the targets that it scrapes for it, by job. */
export interface ObservedScraping extends TakenConfig {
  readonly kind: string;
  readonly key: string;
  readonly pools: ReadonlyMap<string, TargetPool>;
}

/** The discovery of one workload. */
export interface WorkloadBlocks {
  readonly kind: string;
  readonly key: string;
  readonly blocks: readonly SharedBlock[];
}

/** What one workload scrapes. */
export interface WorkloadLoad {
  readonly kind: string;
  readonly key: string;
  readonly workload: PrometheusWorkload;
  /** Of all shards together; undefined while not all are found. */
  readonly targets: number | undefined;
}

interface Watched {
  readonly kind: string;
  readonly key: string;
  readonly version: string;
  readonly engine: TargetEngine;
  readonly counter: TargetCounter;
  /** What was taken over last. */
  taken: TakenConfig | undefined;
}

/**
 * Finds the targets of every Prometheus that this operator renders, all from one set of caches of Pods, Services and so
 * on: for metrics about waste and overlaps. Costs the memory of those caches.
 */
export class TargetObserver implements DesiredObserver {
  readonly #deps: TargetObserverDeps;
  readonly #pool: InformerPool;
  readonly #watched = new Map<string, Watched>();
  /** What was rendered last and is not taken over yet; undefined: the workload is gone. */
  readonly #pending = new Map<string, DesiredPrometheus | undefined>();
  readonly #meter = new JobMeter();
  #timer: Timer | undefined;
  #applying: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: TargetObserverDeps) {
    this.#deps = deps;
    this.#pool = new InformerPool(
      (options) => createInformer({ ...options, ...deps }),
      (error) => deps.logger.error('A cache for target discovery has ended', { err: describeError(error) }),
    );
  }

  observe(desired: Desired): void {
    if (!isDesiredPrometheus(desired)) return;
    const { owner } = desired.workload;
    this.#plan(nameOf(owner.kind, keyOf(owner)), desired);
  }

  forget(kind: string, key: string): void {
    this.#plan(nameOf(kind, key), undefined);
  }

  /** What was found so far, by workload. */
  list(): readonly ObservedWorkload[] {
    return [...this.#watched.values()].map(({ kind, key, engine, counter }) => {
      return { kind, key, counts: counter.count(engine.pools) };
    });
  }

  /** Which jobs of each workload share their discovery, and what that costs. */
  listBlocks(): readonly WorkloadBlocks[] {
    return this.listScraping().map(({ kind, key, jobs, pools }) => {
      const measured = jobs.flatMap((loaded) => {
        const pool = pools.get(loaded.job.jobName);
        return pool === undefined ? [] : [this.#meter.measure(loaded, pool)];
      });
      return { kind, key, blocks: judgeSharing(measured) };
    });
  }

  /** How much each workload scrapes. */
  listLoads(): readonly WorkloadLoad[] {
    const isPartial = this.listRefused().length > 0;
    return [...this.#watched.values()].flatMap(({ kind, key, taken, engine }) => {
      if (taken === undefined) return [];
      const isFound = !isPartial && taken.jobs.every(({ job }) => engine.isFilled(job.jobName));
      const sizes = [...engine.pools.values()].map((pool) => pool.list().active.length);
      const targets = isFound ? sizes.reduce((sum, one) => sum + one, 0) : undefined;
      return [{ kind, key, workload: taken.desired.workload, targets }];
    });
  }

  /** What rules may be judged by, of each workload. */
  listScraping(): readonly ObservedScraping[] {
    return [...this.#watched.values()].flatMap(({ kind, key, taken, engine }) =>
      taken === undefined ? [] : [{ kind, key, ...taken, pools: engine.pools }],
    );
  }

  /** What the API server refuses: targets that come of it are missing. */
  listRefused(): readonly InformerReport[] {
    return this.#pool.report().filter(({ health }) => health.refusals.length > 0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#applying;
    await Promise.all([...this.#watched.values()].map(({ engine }) => engine.stop()));
    this.#watched.clear();
  }

  #plan(name: string, desired: DesiredPrometheus | undefined): void {
    if (this.#stopped) return;
    this.#pending.set(name, desired);
    this.#timer ??= this.#deps.clock.schedule(observerQuietMs, () => {
      this.#timer = undefined;
      this.#applying = this.#applying.then(() => this.#applyAll());
    });
  }

  async #applyAll(): Promise<void> {
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const [name, desired] of pending) {
      try {
        if (desired === undefined) await this.#end(name);
        else await this.#apply(name, desired);
      } catch (error) {
        this.#deps.logger.warn('Cannot find targets', { workload: name, err: describeError(error) });
      }
    }
  }

  async #apply(name: string, desired: DesiredPrometheus): Promise<void> {
    const jobs = loadJobs(desired);
    const version = desired.workload.version.toString();
    if (this.#watched.get(name)?.version !== version) await this.#end(name);
    const watched = this.#watched.get(name) ?? this.#begin(name, desired);
    await watched.engine.applyConfig(listRunnableJobs(jobs));
    watched.taken = { desired, jobs };
  }

  #begin(name: string, { workload }: DesiredPrometheus): Watched {
    const { owner, version } = workload;
    const engine = new TargetEngine({
      ...this.#deps,
      metrics: new DiscoveryMetrics(),
      version,
      findPool: () => this.#pool,
      ownNamespace: owner.metadata.namespace,
      reloadIntervalMs: observerReloadMs,
    });
    engine.start();
    const watched = {
      kind: owner.kind,
      key: keyOf(owner),
      version: version.toString(),
      engine,
      counter: new TargetCounter(),
      taken: undefined,
    };
    this.#watched.set(name, watched);
    return watched;
  }

  async #end(name: string): Promise<void> {
    const watched = this.#watched.get(name);
    this.#watched.delete(name);
    await watched?.engine.stop();
  }
}

const nameOf = (kind: string, key: string): string => `${kind} ${key}`;
