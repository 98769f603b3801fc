import type { ReflectorMetrics } from '../kubernetes/cache/reflector.ts';
import type { Role } from '../core/targets/groups/discovered-objects.ts';
import type { TargetPool } from '../core/targets/target-pool.ts';

/** One value of a metric, under Prometheus' own names (docs/reference/discovery.md 1.8, 2.10, 5.9). */
export interface Sample {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type KubernetesEvent = 'add' | 'update' | 'delete';

const roles: readonly Role[] = ['endpointslice', 'endpoints', 'node', 'pod', 'service', 'ingress'];
const events: readonly KubernetesEvent[] = ['add', 'delete', 'update'];

interface SyncCounts {
  readonly syncs: number;
  readonly failed: number;
}

/** What discovery and the scrape pools count. */
export class DiscoveryMetrics {
  #failedConfigs = 0;
  #received = 0;
  #delayed = 0;
  #sent = 0;
  #kubernetesFailures = 0;
  #poolReloads = 0;
  #pools = 0;
  #exceededLimits = 0;
  #httpFailures = 0;
  #fileErrors = 0;
  readonly #syncs = new Map<string, SyncCounts>();
  readonly #refreshFailures = new Map<string, number>();
  readonly #discovered = new Map<string, number>();
  readonly #lastUpdate = new Map<string, number>();
  readonly #kubernetesEvents = new Map<string, number>();

  constructor() {
    for (const role of roles) for (const event of events) this.#kubernetesEvents.set(`${role} ${event}`, 0);
  }

  setFailedConfigs(count: number): void {
    this.#failedConfigs = count;
  }

  countReceived(): void {
    this.#received += 1;
  }

  /** A snapshot was offered; `delayed`: nobody could take it yet. */
  countSend(delayed: boolean): void {
    this.#sent += 1;
    if (delayed) this.#delayed += 1;
  }

  /** @param nowMs milliseconds since 1970; undefined leaves the time of the last update alone. */
  setDiscovered(job: string, targets: number, nowMs?: number): void {
    this.#discovered.set(job, targets);
    if (nowMs !== undefined) this.#lastUpdate.set(job, nowMs / 1000);
  }

  forgetJob(job: string): void {
    this.#syncs.delete(job);
    this.#refreshFailures.delete(job);
    this.#discovered.delete(job);
    this.#lastUpdate.delete(job);
  }

  countKubernetesEvent(role: Role, event: KubernetesEvent): void {
    const key = `${role} ${event}`;
    this.#kubernetesEvents.set(key, (this.#kubernetesEvents.get(key) ?? 0) + 1);
  }

  /** To be given to informers: counts the lists and watches that fail. */
  get reflectorMetrics(): ReflectorMetrics {
    const count = (_type: unknown, failed: boolean): void => {
      if (failed) this.#kubernetesFailures += 1;
    };
    return { observeList: count, observeWatch: count };
  }

  /** A pool was made for a job. */
  countPool(): void {
    this.#pools += 1;
  }

  /** A pool was brought up to date. @param failed targets of it that cannot be built. */
  countSync(job: string, failed: number, exceedsLimit: boolean): void {
    const known = this.#syncs.get(job) ?? { syncs: 0, failed: 0 };
    this.#syncs.set(job, { syncs: known.syncs + 1, failed: known.failed + failed });
    if (exceedsLimit) this.#exceededLimits += 1;
  }

  /** A server gave no target groups. @param job that asked first. */
  countHttpFailure(job: string): void {
    this.#httpFailures += 1;
    this.#refreshFailures.set(job, (this.#refreshFailures.get(job) ?? 0) + 1);
  }

  /** A file of target groups could not be read. */
  countFileError(): void {
    this.#fileErrors += 1;
  }

  /** A pool got another configuration. */
  countPoolReload(): void {
    this.#poolReloads += 1;
  }

  list(): Sample[] {
    const scrape = { name: 'scrape' };
    const counter = (name: string, value: number, labels: Sample['labels'] = {}): Sample => {
      return { name, type: 'counter', labels, value };
    };
    const gauge = (name: string, value: number, labels: Sample['labels'] = {}): Sample => {
      return { name, type: 'gauge', labels, value };
    };
    return [
      gauge('prometheus_sd_failed_configs', this.#failedConfigs, scrape),
      counter('prometheus_sd_received_updates_total', this.#received, scrape),
      counter('prometheus_sd_updates_delayed_total', this.#delayed, scrape),
      counter('prometheus_sd_updates_total', this.#sent, scrape),
      counter('prometheus_sd_kubernetes_failures_total', this.#kubernetesFailures),
      counter('prometheus_sd_http_failures_total', this.#httpFailures),
      counter('prometheus_sd_file_read_errors_total', this.#fileErrors),
      counter('prometheus_target_scrape_pools_total', this.#pools),
      counter('prometheus_target_scrape_pool_reloads_total', this.#poolReloads),
      counter('prometheus_target_scrape_pool_exceeded_target_limit_total', this.#exceededLimits),
      ...[...this.#refreshFailures].map(([config, value]) =>
        counter('prometheus_sd_refresh_failures_total', value, { mechanism: 'http', config }),
      ),
      ...[...this.#syncs].flatMap(([job, { syncs, failed }]) => [
        counter('prometheus_target_scrape_pool_sync_total', syncs, { scrape_job: job }),
        counter('prometheus_target_sync_failed_total', failed, { scrape_job: job }),
      ]),
      ...[...this.#discovered].map(([config, value]) =>
        gauge('prometheus_sd_discovered_targets', value, { ...scrape, config }),
      ),
      ...[...this.#lastUpdate].map(([config, value]) =>
        gauge('prometheus_sd_last_update_timestamp_seconds', value, { ...scrape, config }),
      ),
      ...[...this.#kubernetesEvents].map(([key, value]) => {
        const [role = '', event = ''] = key.split(' ');
        return counter('prometheus_sd_kubernetes_events_total', value, { role, event });
      }),
    ];
  }
}

/** What each pool holds now. */
export function listPoolSamples(pools: ReadonlyMap<string, TargetPool>): Sample[] {
  return [...pools].flatMap(([job, pool]): Sample[] => {
    const labels = { scrape_job: job };
    const { targetLimit } = pool.compiled.job;
    return [
      { name: 'prometheus_target_scrape_pool_targets', type: 'gauge', labels, value: pool.list().active.length },
      { name: 'prometheus_target_scrape_pool_target_limit', type: 'gauge', labels, value: targetLimit },
    ];
  });
}

/** Samples in the text format of Prometheus, in the order of their names. */
export function writeSamples(samples: readonly Sample[]): string {
  const names = [...new Set(samples.map(({ name }) => name))].sort();
  return names
    .map((name) => {
      const same = samples.filter((one) => one.name === name);
      const lines = same.map(({ labels, value }) => `${name}${writeLabels(labels)} ${value}\n`);
      return `# TYPE ${name} ${same[0]?.type ?? 'untyped'}\n${lines.join('')}`;
    })
    .join('');
}

function writeLabels(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
