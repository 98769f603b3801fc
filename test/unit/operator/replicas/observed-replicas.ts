/** Replicas in the place of real ones, and an observer that asks them. */
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { ObservedLoad } from '../../../../src/core/loaded/observed-load.ts';
import type { Verdict } from '../../../../src/core/status/conditions.ts';
import { AskError } from '../../../../src/operator/replicas/ask-replica.ts';
import type { AskReplica } from '../../../../src/operator/replicas/ask-replica.ts';
import { ReplicaObserver } from '../../../../src/operator/replicas/replica-observer.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { Turns } from '../../../../src/runtime/turns.ts';
import { monitor, render } from '../observed-stack.ts';

export const prometheus = (spec = ''): string => `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: shop }
spec: { podMonitorSelector: {}, replicas: 2${spec} }
`;

export const replicaPod = (ordinal: number): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `prometheus-main-${ordinal}`,
      namespace: 'shop',
      labels: {
        ...{ 'app.kubernetes.io/managed-by': 'prometheus-operator', 'app.kubernetes.io/name': 'prometheus' },
        ...{ 'app.kubernetes.io/instance': 'main', 'operator.prometheus.io/name': 'main', prometheus: 'main' },
      },
    },
    status: { phase: 'Running', podIP: `10.0.0.${ordinal}`, conditions: [{ type: 'Ready', status: 'True' }] },
  }) as KubernetesObject;

/** What a replica is, in the place of a real one. */
interface Fake {
  config: string;
  loadedAt: string;
  succeeded: boolean;
  /** Of /api/v1/rules. */
  groups?: readonly unknown[];
  /** Of /metrics. */
  metrics?: string;
  error?: AskError | undefined;
}

export function observe({
  recalled,
  hasBindings = false,
}: { readonly recalled?: Verdict; readonly hasBindings?: boolean } = {}) {
  const pods: KubernetesObject[] = [];
  const client = {
    list: () => Promise.resolve({ items: pods, metadata: {} }),
  } as unknown as KubernetesClient;
  const clock = new FakeClock();
  const replicas = new Map<string, Fake>();
  const asked: string[] = [];
  const told: (Verdict | undefined)[] = [];
  const loads: (ObservedLoad | undefined)[] = [];
  const seconds: number[] = [];
  const scrapings: string[][] = [];
  const scraped: number[] = [];
  let activeTargets: unknown[] = [];
  const ask: AskReplica = async ({ host }, path) => {
    await Promise.resolve();
    asked.push(`${clock.monotonic() / 1000} ${host} ${path.replace(/^\/api\/v1\/(?:status\/)?|\?.*$/g, '')}`);
    const replica = replicas.get(host);
    if (replica === undefined || replica.error !== undefined)
      throw replica?.error ?? new AskError('connect ECONNREFUSED', 'closed');
    if (path.includes('targets'))
      return { text: JSON.stringify({ status: 'success', data: { activeTargets } }), at: clock.now() };
    const { config, succeeded, loadedAt, groups = [], metrics = '' } = replica;
    if (path === '/metrics') return { text: metrics, at: clock.now() };
    if (path.includes('rules'))
      return { text: JSON.stringify({ status: 'success', data: { groups } }), at: clock.now() };
    if (path.endsWith('buildinfo')) return { text: '{"data":{"version":"2.30.0"}}', at: clock.now() };
    const data = path.endsWith('config')
      ? { yaml: config.replaceAll('$(POD_NAME)', `prometheus-main-${host.at(-1)}`).replaceAll('$(SHARD)', '0') }
      : { reloadConfigSuccess: succeeded, lastConfigTime: loadedAt };
    return { text: JSON.stringify({ status: 'success', data }), at: clock.now() };
  };
  const observer = new ReplicaObserver({
    ...{ client, clock, logger: silentLogger, ask },
    turns: new Turns({ monotonic: () => clock.monotonic() }),
    tell: (_, __, verdict) => told.push(verdict),
    publish: (_, __, load) => loads.push(load),
    recall: () => recalled,
    ...(hasBindings
      ? {
          tellScraping: (_: string, __: string, all: ReadonlyMap<string, { message: string }>) =>
            scrapings.push([...all].map(([id, { message }]) => `${id}: ${message}`)),
        }
      : {}),
    metrics: {
      observeLoaded: (_, duration) => seconds.push(duration),
      observeScraped: (_, duration) => scraped.push(duration),
    },
  });
  const load = (host: string, config: string, groups: readonly unknown[] = []): void => {
    const loadedAt = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
    replicas.set(host, { config, loadedAt, succeeded: true, groups });
  };
  const last = (): string => `${told.at(-1)?.status} ${told.at(-1)?.reason}`;
  const find = (...health: readonly string[]): void => {
    activeTargets = health.map((one) => ({
      scrapePool: 'podMonitor/shop/cart/0',
      health: one,
      lastError: one === 'down' ? 'x' : '',
    }));
  };
  return { pods, clock, observer, replicas, asked, told, loads, seconds, scrapings, scraped, load, last, find };
}

export const write = (name: string, spec = '') => render(monitor(name, 'cart') + prometheus(spec));
export const textOf = (desired: ReturnType<typeof write>): string => desired.config?.yaml() ?? '';

/** Two replicas that run what was written first, and were asked. */
export async function observeLoaded(hasBindings = false) {
  const world = observe({ hasBindings });
  const first = write('cart');
  for (const ordinal of [0, 1]) world.pods.push(replicaPod(ordinal));
  world.observer.wrote(first);
  for (const host of ['10.0.0.0', '10.0.0.1']) world.load(host, textOf(first));
  await world.clock.advance(10_000);
  return { ...world, first };
}
