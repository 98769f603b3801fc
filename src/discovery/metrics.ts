import type { ReflectorMetrics } from '../kubernetes/cache/reflector.ts';
import type { Role } from '../core/targets/groups/objects.ts';

/** One value of a metric, under Prometheus' own names (contract/discovery.md 1.8, 2.10, 5.9). */
export interface Sample {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type KubernetesEvent = 'add' | 'update' | 'delete';

const roles: readonly Role[] = ['endpointslice', 'endpoints', 'node', 'pod', 'service', 'ingress'];
const events: readonly KubernetesEvent[] = ['add', 'delete', 'update'];

/** What discovery and the scrape pools count. */
export class DiscoveryMetrics {
  #failedConfigs = 0;
  #received = 0;
  #delayed = 0;
  #sent = 0;
  #kubernetesFailures = 0;
  #poolReloads = 0;
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
      counter('prometheus_target_scrape_pool_reloads_total', this.#poolReloads),
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
