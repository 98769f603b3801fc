import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Version } from '../base/version.ts';
import type { LoadedJob } from '../core/targets/scrape-job.ts';
import { RuleCompiler } from '../core/relabel/compile-rules.ts';
import { readGroupFeatures } from '../core/targets/features.ts';
import type { FeatureFlags } from '../core/targets/features.ts';
import { MetadataLabels } from '../core/targets/groups/metadata-labels.ts';
import { compileJob } from '../core/targets/scrape-job.ts';
import type { CompiledJob, ScrapeJob } from '../core/targets/scrape-job.ts';
import type { KubernetesSdConfig, SdConfig } from '../core/targets/sd-config.ts';
import type { TargetPool } from '../core/targets/target-pool.ts';
import type { MetricsProvider } from '../kubernetes/workqueue/metrics.ts';
import type { Discoverer } from './discoverer.ts';
import { createFileDiscoverer } from './file-discoverer.ts';
import { createHttpDiscoverer } from './http-discoverer.ts';
import { createHttpFetch } from './http-client/http-fetch.ts';
import type { InformerSource } from './kubernetes/informer-pool.ts';
import { createKubernetesDiscoverer } from './kubernetes/kubernetes-discoverer.ts';
import { DiscoveryManager } from './manager.ts';
import { listPoolSamples } from './metrics.ts';
import type { DiscoveryMetrics, Sample } from './metrics.ts';
import { ScrapeManager } from './scrape-manager.ts';
import { createStaticDiscoverer } from './static-discoverer.ts';
import type { Throttle } from './throttled-sender.ts';

export interface TargetEngineOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: DiscoveryMetrics;
  /** Of the Prometheus whose behaviour is wanted. */
  readonly version: Version;
  readonly flags?: FeatureFlags;
  /**
   * Informers of the API server that a configuration means; one pool for configurations that mean the same.
   * @throws {Error} when it cannot be reached at all: the configuration counts as failed.
   */
  readonly findPool: (config: KubernetesSdConfig) => InformerSource;
  readonly queueMetrics?: MetricsProvider | undefined;
  /** The namespace that Prometheus runs in; undefined outside of a cluster. */
  readonly ownNamespace?: string | undefined;
  /** Prometheus takes 5000. */
  readonly reloadIntervalMs: number;
  /** Default: as that Prometheus. */
  readonly throttle?: Throttle | undefined;
  /** Told after targets were brought up to date. */
  readonly onReload?: (() => void) | undefined;
}

/**
 * Finds the targets that a Prometheus with that configuration would have, and goes on finding them as the world changes.
 *
 * @example
 * engine.start();
 * await engine.applyConfig(loadPrometheusConfig(text, version).jobs);
 * // Later: describeTargets(engine.pools)
 */
export class TargetEngine {
  readonly #options: TargetEngineOptions;
  readonly #metadata = new MetadataLabels();
  readonly #compiler = new RuleCompiler();
  readonly #scrape: ScrapeManager;
  readonly #discovery: DiscoveryManager;
  #compiled: ReadonlyMap<string, CompiledJob> = new Map();
  #jobs: ReadonlyMap<string, LoadedJob> = new Map();
  readonly #filled = new Set<string>();

  constructor(options: TargetEngineOptions) {
    this.#options = options;
    const { onReload, ...common } = options;
    this.#scrape = new ScrapeManager({ ...common, ...(onReload === undefined ? {} : { onReload }) });
    this.#discovery = new DiscoveryManager({
      ...common,
      throttle: options.throttle ?? (options.version.isAtLeast('3.12.0') ? 'backoff' : 'ticker'),
      createDiscoverer: (config, job) => this.#createDiscoverer(config, job),
      receive: (snapshot) => this.#scrape.receive(snapshot),
    });
  }

  /** The targets of each job that was heard of, by job name. */
  get pools(): ReadonlyMap<string, TargetPool> {
    return this.#scrape.pools;
  }

  /** The targets of one job; undefined before it was heard of. */
  findPool(name: string): TargetPool | undefined {
    return this.#scrape.findPool(name);
  }

  /**
   * True when the targets are those of the world as it is: they change only when it changes. Discovery that the API
   * server refuses counts as done; ask the informers' health for refusals.
   */
  get isSettled(): boolean {
    return this.#discovery.isIdle && this.#scrape.isIdle;
  }

  /** What a Prometheus with these targets shows of them at /metrics. */
  listSamples(): readonly Sample[] {
    return [...this.#options.metrics.list(), ...listPoolSamples(this.pools)];
  }

  start(): void {
    this.#scrape.start();
  }

  /** Whether all targets of a job that there are have been found, once. */
  isFilled(name: string): boolean {
    if (!this.#filled.has(name) && this.#discovery.isFilled(name) && this.#scrape.isIdle) this.#filled.add(name);
    return this.#filled.has(name);
  }

  /**
   * Takes over a configuration; what is equal in it goes on undisturbed.
   *
   * @throws {SyntaxError} when a relabelling regex is no RE2 expression.
   */
  applyConfig(jobs: readonly LoadedJob[]): Promise<void> {
    return this.applyJobs(new Map(jobs.map((loaded) => [loaded.job.jobName, loaded])));
  }

  /**
   * The same for jobs under names of the caller's own: several may have one job name.
   *
   * @throws {SyntaxError} when a relabelling regex is no RE2 expression; nothing has changed then.
   */
  async applyJobs(jobs: ReadonlyMap<string, LoadedJob>): Promise<void> {
    const compiled = new Map([...jobs].map(([name, { job }]) => [name, this.#compile(name, job)]));
    for (const name of this.#filled) if (!this.#isAsBefore(name, compiled, jobs)) this.#filled.delete(name);
    this.#scrape.applyConfig(compiled);
    this.#compiled = compiled;
    this.#jobs = jobs;
    await this.#discovery.applyConfig(new Map([...jobs].map(([name, { discovery }]) => [name, discovery])));
  }

  #isAsBefore(name: string, compiled: ReadonlyMap<string, CompiledJob>, jobs: ReadonlyMap<string, LoadedJob>): boolean {
    const [before, now] = [this.#jobs.get(name)?.discovery, jobs.get(name)?.discovery];
    return compiled.get(name) === this.#compiled.get(name) && (before === now || isDeepStrictEqual(before, now));
  }

  async stop(): Promise<void> {
    this.#scrape.stop();
    await this.#discovery.stop();
  }

  /** A job that is as it was keeps its compiled form, and by that its pool. */
  #compile(name: string, job: ScrapeJob): CompiledJob {
    const known = this.#compiled.get(name);
    const { version, flags } = this.#options;
    if (known !== undefined && (known.job === job || isDeepStrictEqual(known.job, job))) return known;
    return compileJob(job, version, { flags, compiler: this.#compiler });
  }

  #createDiscoverer(config: SdConfig, job: string): Discoverer {
    const { version, findPool, ownNamespace } = this.#options;
    switch (config.mechanism) {
      case 'kubernetes':
        return createKubernetesDiscoverer({
          ...this.#options,
          config,
          pool: findPool(config),
          ownNamespace,
          features: readGroupFeatures(version),
          metadata: this.#metadata,
        });
      case 'static':
        return createStaticDiscoverer(config);
      case 'file':
        return createFileDiscoverer({ ...this.#options, config });
      case 'http':
        return createHttpDiscoverer({
          ...this.#options,
          config,
          job,
          fetch: createHttpFetch(config.httpClient, this.#options),
        });
      case 'foreign':
        throw new Error(`Cannot discover with ${config.name}: only kubernetes, static, file and http are run here`);
    }
  }
}
