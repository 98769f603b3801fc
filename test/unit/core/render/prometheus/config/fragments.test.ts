import { complete } from '../../../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { PrometheusSpec } from '../../../../../../src/api/prometheus.ts';
import type { ServiceMonitor } from '../../../../../../src/api/service-monitor.ts';
import {
  compress,
  compressChunks,
  cutChunks,
  endsChunk,
  joinTraces,
} from '../../../../../../src/core/render/prometheus/config/chunks.ts';
import type { ChunkCache } from '../../../../../../src/core/render/prometheus/config/chunks.ts';
import { joinFragments } from '../../../../../../src/core/render/prometheus/config/fragment.ts';
import type { Fragment } from '../../../../../../src/core/render/prometheus/config/fragment.ts';
import { createPrometheusCaches } from '../../../../../../src/core/desired/desired-prometheus.ts';
import { describeScraping } from '../../../../../../src/core/render/prometheus/config/scrape-context.ts';
import { MonitorCache } from '../../../../../../src/core/select/monitor-cache.ts';
import { selectMonitors } from '../../../../../../src/core/select/monitors.ts';
import { sortByKey } from '../../../../../../src/core/select/match.ts';
import { makeMonitors, makeSecret, makeServiceMonitor, makeStore, makeWorkload } from '../../../select/fixtures.ts';
import { read, render } from './fixtures.ts';

function makeFragment(number: number, text = 'x'): Fragment {
  const key = `ServiceMonitor/ns/app-${String(number).padStart(5, '0')}`;
  const pieces = [`- job_name: ${number}`, `${text}\n`];
  return { key, pieces, jobs: 1, endsChunk: endsChunk(key), tlsAssets: [], warnings: [] };
}

const compressAll = (fragments: readonly Fragment[], cache: ChunkCache): Uint8Array[] =>
  complete(compressChunks(cutChunks(fragments, cache)));

const makeMany = (count: number): ServiceMonitor[] =>
  sortByKey(Array.from({ length: count }, (_, number) => makeServiceMonitor(`ns-${number % 7}/app-${number}`)));

describe('compressed chunks', () => {
  const fragments = Array.from({ length: 2000 }, (_, number) => makeFragment(number));

  /** Which members are new after the second call. */
  function countNew(before: readonly Fragment[], after: readonly Fragment[]): number {
    const cache: ChunkCache = new Map();
    const old = new Set(compressAll(before, cache));
    return compressAll(after, cache).filter((member) => !old.has(member)).length;
  }

  it('are many, and one stream together', () => {
    const members = compressAll(fragments, new Map());
    assert.ok(members.length > 4, `only ${members.length} chunks`);
    assert.equal(gunzipSync(Buffer.concat(members)).toString(), joinFragments(fragments));
  });

  it('are kept when nothing changes, also when fragments were rendered again', () => {
    assert.equal(countNew(fragments, fragments), 0);
    assert.equal(countNew(fragments, structuredClone(fragments)), 0);
  });

  it('change by one when one fragment changes, comes or goes', () => {
    assert.equal(countNew(fragments, fragments.with(1000, makeFragment(1000, 'changed'))), 1);
    for (const at of [0, 1, 700, 1999]) {
      const without = fragments.toSpliced(at, 1);
      assert.ok(countNew(fragments, without) <= 1, `removing ${at}`);
      assert.ok(countNew(without, fragments) <= 2, `inserting ${at}`);
    }
  });

  it('are the same bytes at any time and place', () => {
    const member = compress('text');
    assert.deepEqual([...member.subarray(0, 10)], [31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
    assert.deepEqual(compress('text'), member);
  });

  it('are cut as if nothing were remembered, wherever fragments come or go', () => {
    const cache: ChunkCache = new Map();
    const lists = [
      fragments.slice(0, 900),
      fragments,
      fragments.toSpliced(900, 5),
      fragments.filter(({ endsChunk: ends }) => !ends),
      [...fragments.slice(0, 40), makeFragment(9000), ...fragments.slice(40)],
      fragments.slice(1),
    ];
    for (const list of lists) assert.deepEqual(compressAll(list, cache), compressAll(list, new Map()));
  });

  it('tell what their fragments say now, also where the text is that of the last time', () => {
    const cache: ChunkCache = new Map();
    const warnings = [{ object: '', message: 'Left out' }];
    const tell = (all: readonly Fragment[]) => joinTraces(cutChunks(all, cache).map(({ traces }) => traces)).warnings;
    assert.deepEqual(tell(fragments), []);
    assert.deepEqual(tell(fragments.with(700, { ...makeFragment(700), warnings })), warnings);
    assert.deepEqual(tell(fragments), []);
  });

  it('forget what is not rendered any more', () => {
    const cache: ChunkCache = new Map();
    compressAll(fragments, cache);
    compressAll(fragments.slice(0, 1), cache);
    assert.equal(cache.size, 1);
  });
});

describe('fragments', () => {
  it('give the same bytes from a warm cache as from a cold one, after changes of every kind', () => {
    const caches = createPrometheusCaches();
    const all = makeMany(300);
    const changed = makeServiceMonitor('ns-1/app-8', { endpoints: [{ port: 'other' }, { port: 'more' }] });
    const steps = [
      all,
      all.map((one) => (one.metadata.name === 'app-8' ? changed : one)),
      all.filter((one) => one.metadata.name !== 'app-99'),
      [],
      all,
    ];
    for (const ServiceMonitor of steps) {
      const warm = render({ monitors: { ServiceMonitor }, caches });
      const cold = render({ monitors: { ServiceMonitor } });
      assert.equal(warm.yaml(), cold.yaml());
      assert.deepEqual(complete(warm.gzip()), complete(cold.gzip()));
      assert.equal(warm.jobs, cold.jobs);
    }
  });

  it('are not rendered again for monitors that have not changed', () => {
    const cache = new MonitorCache();
    const matched = makeMonitors({ ServiceMonitor: [makeServiceMonitor('a/x')] });
    const select = (spec: Partial<PrometheusSpec>): Fragment | undefined => {
      const context = describeScraping(makeWorkload(spec));
      return complete(selectMonitors({ context, matched, assets: makeStore(), cache })).fragments.ServiceMonitor[0];
    };
    const first = select({});
    assert.ok(first !== undefined);
    assert.equal(select({ externalLabels: { a: 'b' }, remoteWrite: [{ url: 'http://a' }] }), first);
    assert.notEqual(select({ enforcedSampleLimit: 10 }), first);
  });

  it('follow the content of the Secrets that the monitor or its context refers to', () => {
    const caches = createPrometheusCaches();
    const key = (name: string) => ({ name, key: 'k' });
    const basicAuth = { username: key('own'), password: key('own') };
    const monitors = { ServiceMonitor: [makeServiceMonitor('a/x', { endpoints: [{ basicAuth }] })] };
    const spec = { apiserverConfig: { host: 'https://h', basicAuth: { username: key('api'), password: key('api') } } };
    const job = (own: string, api: string): string => {
      const assets = makeStore([makeSecret('a/own', { k: own }), makeSecret('monitoring/api', { k: api })]);
      return JSON.stringify(read({ monitors, spec, assets, caches }).scrape_configs);
    };
    assert.match(job('one', 'two'), /"password":"two".*"password":"one"/);
    assert.match(job('three', 'two'), /"password":"two".*"password":"three"/);
    assert.match(job('three', 'four'), /"password":"four".*"password":"three"/);
  });

  it('carry the tls-assets that they name: what is left out names none', () => {
    const tlsConfig = { ca: { secret: { name: 'tls', key: 'ca' } }, caFile: '' };
    const oauth2 = {
      clientId: { secret: { name: 'tls', key: 'ca' } },
      clientSecret: { name: 'tls', key: 'ca' },
      tokenUrl: 'http://a',
      tlsConfig: { ca: { configMap: { name: 'cm', key: 'ca' } } },
    };
    const ServiceMonitor = [makeServiceMonitor('a/x', { endpoints: [{ tlsConfig, oauth2 }] })];
    const assets = makeStore([makeSecret('a/tls', { ca: 'x' })]);
    const names = (version: string) =>
      render({ monitors: { ServiceMonitor }, assets, spec: { version } }).tlsAssets.map(
        ({ kind, name }) => `${kind}/${name}`,
      );
    assert.deepEqual(names('3.0.0'), ['ConfigMap/cm', 'Secret/tls']);
    assert.deepEqual(render({ monitors: {}, assets }).tlsAssets, []);
  });
});
