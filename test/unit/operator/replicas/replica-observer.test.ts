import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { Verdict } from '../../../../src/core/status/conditions.ts';
import { AskError } from '../../../../src/operator/replicas/ask-replica.ts';
import type { AskReplica } from '../../../../src/operator/replicas/ask-replica.ts';
import { ReplicaObserver } from '../../../../src/operator/replicas/replica-observer.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { Turns } from '../../../../src/runtime/turns.ts';
import { monitor, render } from '../observed-stack.ts';

const prometheus = (spec = ''): string => `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: shop }
spec: { podMonitorSelector: {}, replicas: 2${spec} }
`;

const replicaPod = (ordinal: number): KubernetesObject =>
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
  error?: AskError | undefined;
}

function observe({
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
  const seconds: number[] = [];
  const scrapings: string[][] = [];
  const scraped: number[] = [];
  let activeTargets: unknown[] = [];
  const ask: AskReplica = async ({ host }, path) => {
    await Promise.resolve();
    asked.push(`${clock.monotonic() / 1000} ${host} ${path.replace('/api/v1/status/', '')}`);
    const replica = replicas.get(host);
    if (replica === undefined || replica.error !== undefined)
      throw replica?.error ?? new AskError('connect ECONNREFUSED', 'closed');
    if (path.includes('targets'))
      return { text: JSON.stringify({ status: 'success', data: { activeTargets } }), at: clock.now() };
    const { config, succeeded, loadedAt } = replica;
    const data = path.endsWith('config')
      ? { yaml: config.replaceAll('$(POD_NAME)', `prometheus-main-${host.at(-1)}`).replaceAll('$(SHARD)', '0') }
      : { reloadConfigSuccess: succeeded, lastConfigTime: loadedAt };
    return { text: JSON.stringify({ status: 'success', data }), at: clock.now() };
  };
  const observer = new ReplicaObserver({
    ...{ client, clock, logger: silentLogger, ask },
    turns: new Turns({ monotonic: () => clock.monotonic() }),
    tell: (_, __, verdict) => told.push(verdict),
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
  const load = (host: string, config: string): void => {
    const loadedAt = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
    replicas.set(host, { config, loadedAt, succeeded: true });
  };
  const last = (): string => `${told.at(-1)?.status} ${told.at(-1)?.reason}`;
  const find = (...health: readonly string[]): void => {
    activeTargets = health.map((one) => ({
      scrapePool: 'podMonitor/shop/cart/0',
      health: one,
      lastError: one === 'down' ? 'x' : '',
    }));
  };
  return { pods, clock, observer, replicas, asked, told, seconds, scrapings, scraped, load, last, find };
}

const write = (name: string, spec = '') => render(monitor(name, 'cart') + prometheus(spec));
const textOf = (desired: ReturnType<typeof write>): string => desired.config?.yaml() ?? '';

/** Two replicas that run what was written first, and were asked. */
async function observeLoaded(hasBindings = false) {
  const world = observe({ hasBindings });
  const first = write('cart');
  for (const ordinal of [0, 1]) world.pods.push(replicaPod(ordinal));
  world.observer.wrote(first);
  for (const host of ['10.0.0.0', '10.0.0.1']) world.load(host, textOf(first));
  await world.clock.advance(10_000);
  return { ...world, first };
}

describe('ReplicaObserver', () => {
  it('asks each replica soon and then rarely, and reads its configuration once', async () => {
    const { clock, asked, last } = await observeLoaded();
    assert.equal(last(), 'True AllReplicasLoaded');
    assert.deepEqual(asked, [
      ...['5 10.0.0.0 runtimeinfo', '5 10.0.0.0 config', '5 10.0.0.1 runtimeinfo', '5 10.0.0.1 config'],
    ]);
    asked.length = 0;
    await clock.advance(590_000);
    assert.deepEqual(asked, ['305 10.0.0.0 runtimeinfo', '305 10.0.0.1 runtimeinfo']);
  });

  it('says at once that nobody has what was just written, and follows it to the last replica', async () => {
    const { clock, observer, asked, load, last, seconds } = await observeLoaded();
    const second = write('pay');
    asked.length = 0;
    observer.wrote(second);
    assert.equal(last(), 'False LoadPending');
    await clock.advance(2000);
    load('10.0.0.0', textOf(second));
    await clock.advance(5000);
    assert.equal(last(), 'False LoadPending');
    await clock.advance(3000);
    load('10.0.0.1', textOf(second));
    await clock.advance(20_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    assert.deepEqual(seconds, [10]);
    const count = (what: string): number => asked.filter((one) => one.endsWith(what)).length;
    assert.deepEqual([count('10.0.0.0 config'), count('10.0.0.1 config'), count('10.0.0.1 runtimeinfo')], [1, 2, 2]);
    observer.wrote(write('pay'));
    assert.equal(last(), 'True AllReplicasLoaded', 'what is the same was not written');
  });

  it('does not take what was loaded before for what was written when nothing of that is printed', async () => {
    const { clock, observer, load, last, first } = await observeLoaded();
    const rules = `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: r, namespace: shop }
spec: { groups: [{ name: g, rules: [{ record: a, expr: b }] }] }
---`;
    const withRules = render(rules + monitor('cart', 'cart') + prometheus(', ruleSelector: {}'));
    observer.wrote(withRules);
    for (const host of ['10.0.0.0', '10.0.0.1']) load(host, textOf(withRules));
    await clock.advance(20_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    observer.wrote(
      render(rules.replace('expr: b', 'expr: c') + monitor('cart', 'cart') + prometheus(', ruleSelector: {}')),
    );
    await clock.advance(20_000);
    assert.equal(last(), 'False LoadPending');
    assert.notEqual(textOf(first), '');
    for (const host of ['10.0.0.0', '10.0.0.1']) load(host, textOf(withRules));
    await clock.advance(60_000);
    assert.equal(last(), 'True AllReplicasLoaded');
  });

  it('does not flap: a replica that is away once is asked again before it is said', async () => {
    const { clock, replicas, told, last } = await observeLoaded();
    told.length = 0;
    const replica = replicas.get('10.0.0.1');
    replicas.delete('10.0.0.1');
    await clock.advance(300_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    if (replica !== undefined) replicas.set('10.0.0.1', replica);
    await clock.advance(15_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    replicas.delete('10.0.0.1');
    await clock.advance(340_000);
    assert.equal(last(), 'False ReplicaAway');
    assert.match(
      told.at(-1)?.message ?? '',
      /^1 of 2 replicas runs what was written; prometheus-main-1: away since 2026-/,
    );
  });

  it('says Unknown, with a way out, where it is kept out', async () => {
    const { clock, replicas, told, last } = await observeLoaded();
    const bar = (error: AskError): unknown =>
      replicas.set('10.0.0.1', { config: '', loadedAt: '', succeeded: true, error });
    bar(new AskError('does not answer in 10 s', 'silent'));
    await clock.advance(320_000);
    assert.equal(last(), 'Unknown ReplicaNotAsked');
    assert.match(told.at(-1)?.message ?? '', /10\.0\.0\.1:9090 does not answer in 10 s: if a NetworkPolicy keeps/);
    bar(new AskError('gives status 401', 'status', { status: 401 }));
    await clock.advance(60_000);
    assert.match(told.at(-1)?.message ?? '', /gives status 401: it wants credentials/);
  });

  it('tells of targets: one replica of a shard is asked, what is wrong is told once it was seen twice', async () => {
    const { clock, observer, asked, load, scrapings, scraped, find } = await observeLoaded(true);
    await clock.advance(20_000);
    assert.deepEqual(scrapings, [['PodMonitor shop/cart: No target is found']]);
    const second = write('cart', ', externalUrl: "http://x", scrapeInterval: 7s');
    observer.wrote(second);
    for (const host of ['10.0.0.0', '10.0.0.1']) load(host, textOf(second));
    asked.length = 0;
    find('up', 'unknown');
    await clock.advance(6000);
    assert.deepEqual(asked.filter((one) => one.includes('targets')).length, 1);
    assert.equal(scrapings.at(-1)?.[0], 'PodMonitor shop/cart: 1 of 2 targets are up');
    assert.deepEqual(scraped, []);
    find('up', 'up');
    await clock.advance(10_000);
    assert.deepEqual(scraped, [15]);
    const before = scrapings.length;
    find('down', 'down');
    await clock.advance(300_000);
    assert.equal(scrapings.length, before, 'seen once');
    await clock.advance(15_000);
    assert.equal(scrapings.at(-1)?.[0], 'PodMonitor shop/cart: 0 of 2 targets are up: x');
  });

  it('leaves a condition as it was until the replicas were asked, and takes it out where nothing is written', async () => {
    const recalled: Verdict = { status: 'True', reason: 'AllReplicasLoaded', message: 'x' };
    const { observer, told, clock, last, asked } = observe({ recalled });
    observer.wrote(write('cart'));
    assert.deepEqual(told, [recalled]);
    await clock.advance(6000);
    assert.equal(last(), 'False ReplicaAway', 'there are no Pods');
    assert.deepEqual(asked, []);
    observer.wrote(render(prometheus().replace('podMonitorSelector: {}, ', '')));
    assert.equal(told.at(-1), undefined);
    await clock.advance(600_000);
    assert.equal(told.at(-1), undefined);
  });
});
