import { describeError } from '../base/errors.ts';
import { hashJson } from '../base/hash.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { SdConfig } from '../core/targets/sd-config.ts';
import type { Discoverer } from './discoverer.ts';
import { GroupStore } from './group-store.ts';
import type { DiscoveryMetrics } from './metrics.ts';
import { ThrottledSender } from './throttled-sender.ts';
import type { Throttle } from './throttled-sender.ts';

/** The groups of every job, by the providers that it listens to; the stores live on and are not to be changed. */
export type Snapshot = ReadonlyMap<string, readonly GroupStore[]>;

export interface DiscoveryManagerOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: DiscoveryMetrics;
  readonly throttle: Throttle;
  /**
   * @param job the first that has the configuration.
   * @throws when nothing can be discovered with that configuration: the job goes on without it.
   */
  readonly createDiscoverer: (config: SdConfig, job: string) => Discoverer;
  /** Takes a snapshot; false: not now, offer again. */
  readonly receive: (snapshot: Snapshot) => boolean;
}

/** One running discoverer, and the jobs that listen to it. */
interface Provider {
  readonly name: string;
  readonly configHash: string;
  readonly discoverer: Discoverer;
  readonly store: GroupStore;
  jobs: Set<string>;
  nextJobs: Set<string>;
  /** Whether a snapshot was taken that had all that there is. */
  isFilled: boolean;
  run: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
}

/** What a job without any working configuration listens to, so that it is there with no targets. */
const placeholder: SdConfig = { mechanism: 'static', groups: [{ targets: [], labels: {} }] };

/**
 * Runs a discoverer for each configuration, one for all jobs with equal ones, and hands their groups on
 * (docs/reference/discovery.md 1).
 */
export class DiscoveryManager {
  readonly #options: DiscoveryManagerOptions;
  readonly #sender: ThrottledSender;
  #providers: Provider[] = [];
  #lastNumber = -1;

  constructor(options: DiscoveryManagerOptions) {
    this.#options = options;
    this.#sender = new ThrottledSender({ ...options, send: () => this.#send() });
  }

  /** Names of the running providers, such as "kubernetes/0", with the jobs that listen to them. */
  get providers(): ReadonlyMap<string, ReadonlySet<string>> {
    return new Map(this.#providers.map(({ name, jobs }) => [name, jobs]));
  }

  /** True when every discoverer has found what there is, and a snapshot of it was taken. */
  get isIdle(): boolean {
    return !this.#sender.isPending && this.#providers.every(({ discoverer }) => discoverer.isIdle());
  }

  /** Whether all that there is was found for a job, once, and a snapshot of it was taken. */
  isFilled(job: string): boolean {
    const own = this.#providers.filter(({ jobs }) => jobs.has(job));
    // What sends nothing gives no snapshot.
    if (!this.#sender.isPending) for (const one of own) one.isFilled ||= one.discoverer.isComplete();
    return own.length > 0 && own.every((one) => one.isFilled);
  }

  /**
   * Takes over a configuration: providers whose configuration is still there go on running.
   * Resolves when those that are gone have stopped.
   */
  async applyConfig(jobs: ReadonlyMap<string, readonly SdConfig[]>): Promise<void> {
    let failed = 0;
    for (const [job, configs] of jobs) failed += this.#register(job, configs);
    this.#options.metrics.setFailedConfigs(failed);
    const all = this.#providers;
    const gone = all.filter(({ nextJobs }) => nextJobs.size === 0);
    this.#providers = all.filter(({ nextJobs }) => nextJobs.size > 0);
    const oldJobs = new Set(all.flatMap((provider) => [...provider.jobs]));
    for (const job of oldJobs) if (!jobs.has(job)) this.#options.metrics.forgetJob(job);
    for (const { run } of gone) run?.abort.abort();
    for (const provider of this.#providers) this.#adopt(provider);
    if (all.length > 0) this.#sender.trigger();
    await Promise.all(gone.flatMap(({ run }) => run?.ended ?? []));
  }

  /** Stops everything; resolves when all discoverers have stopped. */
  async stop(): Promise<void> {
    this.#sender.stop();
    for (const { run } of this.#providers) run?.abort.abort();
    await Promise.all(this.#providers.flatMap(({ run }) => run?.ended ?? []));
  }

  /** Finds or makes the providers of a job; gives the number of configurations that failed. */
  #register(job: string, configs: readonly SdConfig[]): number {
    let failed = 0;
    let isProvided = false;
    for (const config of configs) {
      try {
        this.#subscribe(job, config);
        isProvided = true;
      } catch (error) {
        failed += 1;
        const type = config.mechanism === 'foreign' ? config.name : config.mechanism;
        this.#options.logger.error('Cannot create service discovery', {
          type,
          config: job,
          error: describeError(error),
        });
      }
    }
    if (!isProvided) this.#subscribe(job, placeholder);
    return failed;
  }

  #subscribe(job: string, config: SdConfig): void {
    const configHash = hashJson(config);
    let provider = this.#providers.find((one) => one.configHash === configHash);
    if (provider === undefined) {
      const discoverer = this.#options.createDiscoverer(config, job);
      this.#lastNumber += 1;
      provider = {
        name: `${config.mechanism}/${this.#lastNumber}`,
        configHash,
        discoverer,
        store: new GroupStore(),
        jobs: new Set(),
        nextJobs: new Set(),
        isFilled: false,
        run: undefined,
      };
      this.#providers.push(provider);
    }
    provider.nextJobs.add(job);
  }

  #adopt(provider: Provider): void {
    for (const job of provider.nextJobs) if (!provider.jobs.has(job)) this.#options.metrics.setDiscovered(job, 0);
    provider.jobs = provider.nextJobs;
    provider.nextJobs = new Set();
    provider.run ??= this.#start(provider);
  }

  #start({ name, discoverer, store }: Provider): NonNullable<Provider['run']> {
    const { metrics, logger } = this.#options;
    const abort = new AbortController();
    const ended = discoverer
      .run((groups) => {
        if (abort.signal.aborted) return;
        metrics.countReceived();
        if (store.apply(groups)) this.#sender.trigger();
      }, abort.signal)
      .catch((error: unknown) => {
        if (!abort.signal.aborted)
          logger.error('A discoverer has ended', { provider: name, error: describeError(error) });
      });
    return { abort, ended };
  }

  #send(): boolean {
    const { clock, metrics, receive } = this.#options;
    const snapshot = new Map<string, GroupStore[]>();
    for (const { jobs, store } of this.#providers) {
      for (const job of jobs) snapshot.set(job, [...(snapshot.get(job) ?? []), store]);
    }
    for (const [job, stores] of snapshot) {
      const targets = stores.reduce((sum, { targetCount }) => sum + targetCount, 0);
      metrics.setDiscovered(job, targets, clock.now());
    }
    const complete = this.#providers.filter(({ discoverer }) => discoverer.isComplete());
    const isTaken = receive(snapshot);
    if (isTaken) for (const provider of complete) provider.isFilled = true;
    metrics.countSend(!isTaken);
    return isTaken;
  }
}
