import { createSystemClock, sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import { hashJson } from '../../base/hash.ts';
import { silentLogger } from '../../base/logger.ts';
import type { TargetPool } from '../../core/targets/target-pool.ts';
import type { KubernetesSdConfig } from '../../core/targets/sd-config.ts';
import { chooseClient } from '../../discovery/kubernetes/client-choice.ts';
import { InformerPool } from '../../discovery/kubernetes/informer-pool.ts';
import { DiscoveryMetrics } from '../../discovery/metrics.ts';
import type { Sample } from '../../discovery/metrics.ts';
import { TargetEngine } from '../../discovery/target-engine.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';
import { createClient } from '../../kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { version } from '../../operator/version.ts';
import type { Cluster } from '../cluster/connect.ts';
import { ExitError, exitCodes } from '../io.ts';
import { createNoteLogger } from '../note-logger.ts';
import type { TargetPlan } from './target-plan.ts';
import { targetsPollMs } from '../limits.ts';

export interface LiveOptions {
  readonly plan: TargetPlan;
  /** The cluster that discovery without an API server of its own means; undefined when no job has any. */
  readonly cluster: Cluster | undefined;
  readonly reloadIntervalMs: number;
  readonly onReload?: (() => void) | undefined;
}

/** Names under which pods reach the API server of their own cluster. */
const ownServer = /^https?:\/\/kubernetes(?:\.default(?:\.svc(?:\.[a-z0-9.-]+)?)?)?(?::\d+)?\/?$/i;

/** Whether the discovery means the cluster that Prometheus runs in. */
export function meansOwnCluster({ apiServer, kubeconfigFile }: KubernetesSdConfig): boolean {
  return kubeconfigFile === '' && (apiServer === undefined || ownServer.test(apiServer));
}

/** The targets of a plan, found as Prometheus finds them and kept up to date until `stop`. */
export class LiveTargets {
  readonly #options: LiveOptions;
  readonly #clock: Clock = createSystemClock();
  readonly #engine: TargetEngine;
  readonly #pools = new Map<string, InformerPool>();
  readonly #clients: KubernetesClient[] = [];
  readonly #notes: string[] = [];
  #jobs = 0;

  constructor(options: LiveOptions) {
    const { plan, reloadIntervalMs, onReload } = options;
    this.#options = options;
    this.#engine = new TargetEngine({
      clock: this.#clock,
      random: Math.random,
      logger: createNoteLogger((note) => this.#notes.push(note)),
      metrics: new DiscoveryMetrics(),
      version: plan.version,
      findPool: (config) => this.#findPool(config),
      ownNamespace: plan.ownNamespace,
      reloadIntervalMs,
      onReload,
    });
  }

  /** By job name, in the order of the names. */
  get pools(): ReadonlyMap<string, TargetPool> {
    return this.#engine.pools;
  }

  /** What keeps discovery from being complete: what the API server refuses, files and servers that cannot be read. */
  get notes(): readonly string[] {
    const refusals = this.#report().flatMap(({ type, health }) =>
      health.refusals.map(({ namespace, status }) => {
        const why = status === 404 ? 'absent' : 'forbidden';
        return { verb: 'list', type, namespace, why } as const;
      }),
    );
    return [...new Set([...describeRefusals(refusals), ...this.#notes])];
  }

  listSamples(): readonly Sample[] {
    return this.#engine.listSamples();
  }

  async start(): Promise<void> {
    this.#engine.start();
    await this.apply(this.#options.plan);
  }

  /** Takes over another configuration of the same Prometheus. */
  async apply({ jobs }: TargetPlan): Promise<void> {
    this.#jobs = jobs.length;
    await this.#engine.applyConfig(jobs);
  }

  /**
   * Waits until all targets were found.
   * @throws {ExitError} when that takes too long: says which reads are still to come, and why.
   * @throws the signal's reason when it is aborted.
   */
  async settle(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const end = this.#clock.monotonic() + timeoutMs;
    while (!this.#isComplete()) {
      if (this.#clock.monotonic() > end) throw new ExitError(exitCodes.failed, this.#describeDelay(timeoutMs));
      await sleep(this.#clock, targetsPollMs, signal);
    }
  }

  async stop(): Promise<void> {
    await this.#engine.stop();
    await Promise.all(this.#clients.map((client) => client.close()));
  }

  /** A job that was never heard of has its pool to come. */
  #isComplete(): boolean {
    return this.#engine.isSettled && this.#engine.pools.size === this.#jobs;
  }

  #report(): ReturnType<InformerPool['report']> {
    return [...this.#pools.values()].flatMap((pool) => pool.report());
  }

  #describeDelay(timeoutMs: number): string {
    const waiting = this.#report().filter(({ health }) => !health.settled);
    const reasons = new Set(waiting.flatMap(({ health }) => health.lastError ?? []));
    const resources = new Set(waiting.map(({ type }) => type.plural));
    const what = resources.size === 0 ? 'files or HTTP servers' : [...resources].join(', ');
    const why = reasons.size === 0 ? '' : `: ${[...reasons].join('; ')}`;
    return `Discovery of ${what} is not complete after ${timeoutMs / 1000} s${why}`;
  }

  #findPool(config: KubernetesSdConfig): InformerPool {
    const { apiServer, kubeconfigFile, httpClient } = config;
    const isOwn = meansOwnCluster(config);
    const key = isOwn ? '' : hashJson([apiServer, kubeconfigFile, httpClient]);
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const client = isOwn ? this.#useCluster() : this.#createClient(config);
    const common = { clock: this.#clock, random: Math.random, logger: silentLogger, client };
    const made = new InformerPool(
      (options) => createInformer({ ...options, ...common }),
      (error) => this.#notes.push(String(error)),
    );
    this.#pools.set(key, made);
    return made;
  }

  #useCluster(): KubernetesClient {
    const { cluster } = this.#options;
    if (cluster === undefined) throw new Error('Cannot discover in the own cluster: none was opened');
    return cluster.client;
  }

  #createClient(config: KubernetesSdConfig): KubernetesClient {
    const client = createClient(chooseClient(config, { clock: this.#clock }), {
      userAgent: `stoker/${version}`,
      clock: this.#clock,
    });
    this.#clients.push(client);
    return client;
  }
}
