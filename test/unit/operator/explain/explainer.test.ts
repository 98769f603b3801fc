import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prometheusRuleType } from '../../../../src/api/prometheus-rule.ts';
import { prometheusType } from '../../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../../src/api/service-monitor.ts';
import type { KubernetesObject, ResourceType } from '../../../../src/api/meta.ts';
import { formatTime } from '../../../../src/base/time.ts';
import type { ObservedLoad } from '../../../../src/core/loaded/observed-load.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { Question } from '../../../../src/core/explain/facts.ts';
import { completeManifest, createLister } from '../../../../src/core/manifests/sources.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
import { newestCapabilities } from '../../../../src/operator/cluster/facts.ts';
import { Explainer } from '../../../../src/operator/explain/explainer.ts';
import { assetFreshMs, discoveredFreshMs } from '../../../../src/operator/limits.ts';
import { parseOptions } from '../../../../src/operator/options/options.ts';
import { toSettings } from '../../../../src/operator/settings.ts';
import type { Cache } from '../../../../src/operator/webhook/cluster-view.ts';
import { Turns } from '../../../../src/runtime/turns.ts';

const object = (kind: string, name: string, spec: object): KubernetesObject =>
  completeManifest({
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { namespace: 'shop', name },
    spec,
  } as KubernetesObject);

const cached: readonly (readonly [ResourceType, KubernetesObject])[] = [
  [prometheusType, object('Prometheus', 'main', { serviceMonitorSelector: {}, ruleSelector: {} })],
  [serviceMonitorType, object('ServiceMonitor', 'cart', { selector: {}, endpoints: [{ port: 'web' }] })],
  [
    serviceMonitorType,
    object('ServiceMonitor', 'guarded', {
      selector: {},
      endpoints: [{ port: 'web', authorization: { credentials: { name: 'access', key: 'token' } } }],
    }),
  ],
  [prometheusRuleType, object('PrometheusRule', 'cart', { groups: [] })],
];
const caches: readonly Cache[] = [...new Set(cached.map(([type]) => type))].map((type) => ({
  type,
  store: createLister(cached.filter(([one]) => one === type).map(([, one]) => one)),
  hasSynced: () => true,
}));

const askAbout = (kind: 'ServiceMonitor' | 'PrometheusRule'): Question => ({
  subject: { kind, namespace: 'shop', name: 'cart' },
});

interface World {
  readonly targetDiscovery?: boolean;
  readonly failure?: () => Error | undefined;
  readonly load?: ObservedLoad;
  /** Whether it has syncs, which read Secrets. */
  readonly leads?: boolean;
}

function start({ targetDiscovery = true, failure, load, leads = true }: World) {
  const loads = () => new Map(load === undefined ? [] : [['Prometheus shop/main', load]]);
  const listed: string[] = [];
  const client = {
    list: ({ plural }: ResourceType) => {
      listed.push(plural);
      const error = failure?.();
      return error === undefined ? Promise.resolve({ items: [], metadata: {} }) : Promise.reject(error);
    },
    get: ({ plural }: ResourceType, { name }: { name: string }) => {
      listed.push(`${plural}/${name}`);
      return Promise.resolve({ metadata: { namespace: 'shop', name }, data: { token: 'eA==' } });
    },
  } as unknown as KubernetesClient;
  const clock = new FakeClock();
  const options = { ...parseOptions({}), targetDiscovery };
  const settings = toSettings(options, newestCapabilities);
  const assets = () => (leads ? { secrets: [], configMaps: [] } : undefined);
  const turns = new Turns({ monotonic: () => performance.now() });
  const explainer = new Explainer({
    ...{ options, settings, clock, client, assets, turns },
    caches: () => caches,
    loads,
  });
  return { explainer, listed, clock };
}

describe('Explainer', () => {
  it('lists for rules what the jobs of their Prometheus discover', async () => {
    const { explainer, listed } = start({});
    const { verdict, notes } = await explainer.explain(askAbout('PrometheusRule'));
    assert.deepEqual([verdict, listed, notes], ['Used', ['endpoints'], []]);
  });

  it('says of replicas what the operator has seen of them', async () => {
    const since = '1970-01-01T00:00:00Z';
    const replicas = [
      { name: 'prometheus-main-0', since, loadedAt: since, state: { kind: 'loaded' } },
      { name: 'prometheus-main-1', since, loadedAt: since, state: { kind: 'refused', loadedAt: since } },
      { name: 'prometheus-main-2', since, state: { kind: 'away', why: 'there is no such Pod' } },
    ] as const;
    const { explainer, clock } = start({
      load: { writtenAt: formatTime(new FakeClock().now()), container: 'prometheus', replicas },
    });
    await clock.advance(12_000);
    const { chains } = await explainer.explain(askAbout('PrometheusRule'));
    const step = chains[0]?.steps.find(({ link }) => link === 'loaded');
    assert.deepEqual(
      [step?.verdict, step?.reason, step?.counts],
      ['warn', 'OutdatedConfig', { selected: 1, total: 3 }],
    );
    assert.match(
      step?.found ?? '',
      /^written 12s ago, loaded by 1 of 3; prometheus-main-1: its reload fails since .* kubectl logs .*; prometheus-main-2: away since .*: there is no such Pod$/,
    );
    assert.deepEqual(step?.load?.replicas[1], { name: 'prometheus-main-1', state: 'refused', since, loadedAt: since });
  });

  it('lists each type once for all who ask, and again when it is not fresh any more', async () => {
    const { explainer, listed, clock } = start({});
    const ask = () => explainer.explain(askAbout('ServiceMonitor'));
    await Promise.all([ask(), ask(), ask()]);
    assert.ok(listed.includes('services') && listed.includes('pods'), listed.join());
    assert.equal(new Set(listed).size, listed.length, 'each once');
    const before = listed.length;
    await ask();
    assert.equal(listed.length, before);
    await clock.advance(discoveredFreshMs);
    await ask();
    assert.equal(listed.length, 2 * before);
  });

  it('does not remember a list that failed', async () => {
    const isDown = [true];
    const failure = () => (isDown[0] === true ? new ApiError({ status: 500, reason: '', message: 'down' }) : undefined);
    const { explainer } = start({ failure });
    await assert.rejects(explainer.explain(askAbout('ServiceMonitor')), /down/);
    isDown[0] = false;
    assert.equal((await explainer.explain(askAbout('ServiceMonitor'))).reason, 'NoServiceMatches');
  });

  it('says once that it does not discover', async () => {
    const { explainer, listed } = start({ targetDiscovery: false });
    const { verdict, notes } = await explainer.explain(askAbout('ServiceMonitor'));
    assert.deepEqual(
      [verdict, listed, notes],
      [
        'Unknown',
        [],
        ['Pods, Services and their endpoints are not read: the operator runs without --target-discovery'],
      ],
    );
  });

  it('knows where one list alone is refused', async () => {
    const refused = new ApiError({ status: 403, reason: 'Forbidden', message: 'no' });
    const { explainer } = start({ failure: () => refused });
    const { verdict, notes } = await explainer.explain(askAbout('ServiceMonitor'));
    assert.equal(verdict, 'Unknown');
    assert.ok(notes.includes('cannot list services in all namespaces: forbidden'), notes.join());
  });

  it('reads what monitors refer to by name where another replica leads, once a minute', async () => {
    const question: Question = { subject: { kind: 'ServiceMonitor', namespace: 'shop', name: 'guarded' } };
    const led = start({});
    assert.equal((await led.explainer.explain(question)).reason, 'Rejected');
    const { explainer, listed, clock } = start({ leads: false });
    const read = () => listed.filter((one) => one.startsWith('secrets/'));
    assert.notEqual((await explainer.explain(question)).reason, 'Rejected');
    await explainer.explain(question);
    assert.deepEqual(read(), ['secrets/access']);
    await clock.advance(assetFreshMs);
    await explainer.explain(question);
    assert.equal(read().length, 2);
  });

  it('says of everything what it says of each', async () => {
    const { explainer } = start({});
    const { monitors } = await explainer.survey();
    const { summary, reason } = await explainer.explain(askAbout('ServiceMonitor'));
    assert.deepEqual(
      monitors.filter(({ object: { name } }) => name === 'cart').map((row) => [row.summary, row.reason]),
      [[summary, reason]],
    );
  });
});
