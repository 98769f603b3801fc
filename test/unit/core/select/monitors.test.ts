import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyOf } from '../../../../src/api/meta.ts';
import type { ServiceMonitor } from '../../../../src/api/service-monitor.ts';
import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import type { AssetStore } from '../../../../src/core/assets/store.ts';
import { describeScraping } from '../../../../src/core/render/prometheus/config/scrape-context.ts';
import { MonitorCache } from '../../../../src/core/select/monitor-cache.ts';
import { collectAssetReferences, matchMonitors, selectMonitors } from '../../../../src/core/select/monitors.ts';
import type { Monitors } from '../../../../src/core/monitor.ts';
import {
  makeMonitors,
  makeNamespace,
  makePodMonitor,
  makeProbe,
  makeScrapeConfig,
  makeSecret,
  makeServiceMonitor,
  makeSources,
  makeStore,
  makeWorkload,
} from './fixtures.ts';

interface Situation {
  readonly monitors: Partial<Monitors>;
  readonly spec?: Partial<PrometheusSpec>;
  readonly assets?: AssetStore;
  readonly cache?: MonitorCache;
}

function select({ monitors, spec = {}, assets = makeStore(), cache = new MonitorCache() }: Situation) {
  return complete(
    selectMonitors({
      context: describeScraping(makeWorkload(spec)),
      matched: makeMonitors(monitors),
      assets,
      cache,
    }),
  );
}

/** "reason field" of each rejection. */
const verdicts = (situation: Situation): string[] =>
  select(situation).rejected.map(({ rejection }) => `${rejection.reason} ${rejection.field}`);

const basicAuth = { username: { name: 'login', key: 'user' }, password: { name: 'login', key: 'password' } };

describe('matchMonitors()', () => {
  it('uses the selectors of each kind', () => {
    const sources = makeSources(
      {
        ServiceMonitor: [makeServiceMonitor('b/x'), makeServiceMonitor('a/x')],
        PodMonitor: [makePodMonitor('a/x'), makePodMonitor('monitoring/x')],
        Probe: [makeProbe('a/x')],
        ScrapeConfig: [makeScrapeConfig('a/x'), makeScrapeConfig('b/x')],
      },
      [makeNamespace('a'), makeNamespace('b', { on: 'yes' })],
    );
    const { podMonitorNamespaceSelector: _own, ...spec } = makeWorkload().spec;
    const workload = {
      ...makeWorkload(),
      spec: {
        ...spec,
        scrapeConfigNamespaceSelector: { matchLabels: { on: 'yes' } },
        probeSelector: { matchLabels: { x: 'y' } },
      },
    };
    const matched = matchMonitors(workload, sources);
    const keys = Object.entries(matched).map(([kind, list]) => [
      kind,
      (list as readonly { metadata: object }[]).map(keyOf),
    ]);
    assert.deepEqual(Object.fromEntries(keys), {
      ServiceMonitor: ['a/x', 'b/x'],
      PodMonitor: ['monitoring/x'],
      Probe: [],
      ScrapeConfig: ['b/x'],
    });
  });
});

describe('collectAssetReferences()', () => {
  it('names what the workload and all matched monitors refer to, with the field', () => {
    const workload = makeWorkload({ additionalScrapeConfigs: { name: 'more', key: 'jobs' } });
    const ServiceMonitor = [makeServiceMonitor('a/x', { endpoints: [{ basicAuth }] })];
    const found = complete(collectAssetReferences(workload, makeMonitors({ ServiceMonitor }), new MonitorCache()));
    assert.deepEqual(
      found.map(({ kind, namespace, name, key, field }) => `${kind} ${namespace}/${name} ${key} ${field}`),
      [
        'Secret monitoring/more jobs spec.additionalScrapeConfigs',
        'Secret a/login password spec.endpoints[0].basicAuth.password',
        'Secret a/login user spec.endpoints[0].basicAuth.username',
      ],
    );
  });
});

describe('selectMonitors()', () => {
  it('leaves out the one that is wrong and keeps the others', () => {
    const bad = makeServiceMonitor('a/bad', { endpoints: [{ relabelings: [{ regex: '(' }] }] });
    const { selected, rejected } = select({ monitors: { ServiceMonitor: [bad, makeServiceMonitor('a/good')] } });
    assert.deepEqual(selected.ServiceMonitor.map(keyOf), ['a/good']);
    assert.deepEqual(
      rejected.map(({ kind, object, rejection }) => ({ kind, key: keyOf(object), ...rejection })),
      [
        {
          kind: 'ServiceMonitor',
          key: 'a/bad',
          reason: 'InvalidRelabelConfig',
          field: 'spec.endpoints[0].relabelings[0].regex',
          message: 'Cannot parse regular expression "(": missing closing ): `^(?s:()$`',
        },
      ],
    );
  });

  it('says which key is missing, and takes the monitor when it appears', () => {
    const cache = new MonitorCache();
    const monitors = { ServiceMonitor: [makeServiceMonitor('a/x', { endpoints: [{ basicAuth }] })] };
    const withAssets = (assets: AssetStore): string[] => verdicts({ monitors, assets, cache });
    const field = 'spec.endpoints[0].basicAuth';
    assert.deepEqual(withAssets(makeStore()), [`SecretNotFound ${field}.username`]);
    assert.deepEqual(withAssets(makeStore([makeSecret('a/login', { user: 'u' })])), [`KeyNotFound ${field}.password`]);
    assert.deepEqual(withAssets(makeStore([makeSecret('a/login', { user: 'u', password: 'p' })])), []);
  });

  it('reads no Secret of another namespace, the workload’s included', () => {
    const monitors = { ServiceMonitor: [makeServiceMonitor('a/x', { endpoints: [{ basicAuth }] })] };
    const workload = makeWorkload().owner.metadata.namespace ?? '';
    for (const namespace of ['b', workload]) {
      const assets = makeStore([makeSecret(`${namespace}/login`, { user: 'u', password: 'p' })]);
      assert.deepEqual(verdicts({ monitors, assets }), ['SecretNotFound spec.endpoints[0].basicAuth.username']);
    }
  });

  it('never puts a secret value into a message', () => {
    const monitors = { Probe: [makeProbe('a/x', { tlsConfig: { ca: { secret: { name: 'tls', key: 'ca' } } } })] };
    const { rejected } = select({ monitors, assets: makeStore([makeSecret('a/tls', { ca: 'hunter2' })]) });
    assert.equal(rejected[0]?.rejection.reason, 'InvalidTLSConfig');
    assert.doesNotMatch(JSON.stringify(rejected), /hunter2|aHVudGVyMg/);
  });

  it('judges again when a class of the workload goes away', () => {
    const cache = new MonitorCache();
    const monitors = { PodMonitor: [makePodMonitor('a/x', { scrapeClass: 'fast' })] };
    assert.deepEqual(verdicts({ monitors, cache, spec: { scrapeClasses: [{ name: 'fast' }] } }), []);
    assert.deepEqual(verdicts({ monitors, cache }), ['UnknownScrapeClass spec.scrapeClass']);
  });

  it('knows an object that was read again by its version', () => {
    const cache = new MonitorCache();
    const read = (object: ServiceMonitor) => complete(cache.referencesOf('ServiceMonitor', [object]))[0];
    const monitor = makeServiceMonitor('a/x', { endpoints: [{ basicAuth }] });
    const first = read(monitor);
    assert.equal(first?.length, 2);
    const again = structuredClone(monitor);
    assert.equal(read(again), first);
    const changed = { ...again, metadata: { ...again.metadata, resourceVersion: 'new' } };
    assert.notEqual(read(changed), first);
  });

  it('judges anew only what has changed, whatever comes and goes beside it', () => {
    const cache = new MonitorCache();
    const fragmentsOf = (ServiceMonitor: readonly ServiceMonitor[]) =>
      select({ monitors: { ServiceMonitor }, cache }).fragments.ServiceMonitor;
    const all = ['a/b', 'a/d', 'a/f', 'b/a', 'b/c'].map((key) => makeServiceMonitor(key));
    const first = fragmentsOf(all);
    const changed = { ...all[1], metadata: { ...all[1]?.metadata, resourceVersion: 'new' } } as ServiceMonitor;
    const later = [
      makeServiceMonitor('a/a'),
      all[0],
      changed,
      makeServiceMonitor('a/e'),
      all[3],
      structuredClone(all[4]),
    ];
    const second = fragmentsOf(later as ServiceMonitor[]);
    assert.deepEqual(
      second.map((one) => first.indexOf(one)),
      [-1, 0, -1, -1, 3, 4],
    );
    assert.deepEqual(
      fragmentsOf([all[0], all[3], all[4]] as ServiceMonitor[]).map((one) => second.indexOf(one)),
      [1, 4, 5],
    );
  });

  it('rejects wrong types from storage that nobody else has checked', () => {
    const ServiceMonitor = [
      makeServiceMonitor('a/a', { endpoints: 'none' as never }),
      makeServiceMonitor('a/b', { endpoints: [{ interval: 30 as never }] }),
      makeServiceMonitor('a/c', { endpoints: [{ interval: '30' }] }),
      makeServiceMonitor('a/d', { endpoints: [{ targetPort: true as never }] }),
      makeServiceMonitor('a/e', { endpoints: undefined as never }),
    ];
    assert.deepEqual(verdicts({ monitors: { ServiceMonitor } }), [
      'InvalidType spec.endpoints',
      'InvalidType spec.endpoints[0].interval',
      'InvalidValue spec.endpoints[0].interval',
      'InvalidType spec.endpoints[0].targetPort',
    ]);
  });

  it('rejects what is too deep, too large or names too many others, alone, and reads nothing for it', () => {
    const good = makeServiceMonitor('a/good');
    const nest = (depth: number): object => Array.from({ length: depth }).reduce<object>((inner) => ({ x: inner }), {});
    const endpoints = Array.from({ length: 251 }, (_, at) => ({
      port: 'web',
      basicAuth: { username: { name: `login-${at}`, key: 'user' }, password: { name: `login-${at}`, key: 'password' } },
    }));
    const cases: Readonly<Record<string, object>> = {
      'NestedTooDeeply spec': nest(100_000),
      'ObjectTooLarge spec': { jobLabel: 'x'.repeat(5_000_000) },
      'TooManyReferences spec': { endpoints },
    };
    for (const [verdict, spec] of Object.entries(cases)) {
      const bad = makeServiceMonitor('a/bad', spec);
      const cache = new MonitorCache();
      const monitors = { ServiceMonitor: [bad, good] };
      assert.deepEqual(complete(collectAssetReferences(makeWorkload(), makeMonitors(monitors), cache)), []);
      assert.deepEqual(verdicts({ monitors, cache }), [verdict]);
      assert.deepEqual(select({ monitors, cache }).selected.ServiceMonitor, [good]);
    }
    const many = makeServiceMonitor('a/many', { endpoints: endpoints.slice(1) });
    assert.deepEqual(verdicts({ monitors: { ServiceMonitor: [many] } }), [
      'SecretNotFound spec.endpoints[0].basicAuth.username',
    ]);
  });
});
