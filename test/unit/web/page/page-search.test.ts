import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import type { Explanation } from '../../../../src/core/explain/model.ts';
import type { Question } from '../../../../src/core/explain/facts.ts';
import type { Searched } from '../../../../src/core/overview/found-by.ts';
import type { MonitorRow } from '../../../../src/core/overview/overview.ts';
import { search } from '../../../../src/core/overview/search.ts';
import type { PageGuard } from '../../../../src/web/page/page-guard.ts';
import { loopbackPageGuard } from '../../../../src/web/page/page-guard.ts';
import type { SearchResult } from '../../../../src/web/page/page-source.ts';
import { emptyOverview, serve } from './serve-page-app.ts';

const object = (namespace: string, name: string, more: object = {}): KubernetesObject => ({
  metadata: { namespace, name },
  ...more,
});
const pod = (namespace: string, name: string, podIP: string): KubernetesObject =>
  object(namespace, name, { status: { podIP } });
const rule = (namespace: string, name: string, alert: string): KubernetesObject =>
  object(namespace, name, { spec: { groups: [{ rules: [{ alert }] }] } });

const searched: readonly Searched[] = [
  {
    kind: 'ServiceMonitor',
    objects: ['cart', 'cart-b', 'cart-a'].flatMap((name) => [object('shop', name), object('pay', name)]),
  },
  { kind: 'Service', objects: [object('shop', 'cart')] },
  { kind: 'Pod', objects: [pod('shop', 'cart-0', '10.0.0.12'), pod('pay', 'till-0', '10.0.0.13')] },
  { kind: 'PrometheusRule', objects: [rule('shop', 'slo', 'CartDown'), rule('pay', 'slo', 'TillDown')] },
  { kind: 'AlertmanagerConfig', objects: [object('shop', 'team', { spec: { receivers: [{ name: 'pa<b>ger' }] } })] },
];

const rowOf = (namespace: string, name: string, state: MonitorRow['state']): MonitorRow => {
  const monitor = { kind: 'ServiceMonitor', namespace, name };
  return {
    ...{ state, object: monitor, workload: { kind: 'Prometheus', namespace: 'monitoring', name: 'main' } },
    ...{ link: 'port', reason: 'PortNotFound', code: 'STK1503', summary: `Of ${namespace}/${name}`, at: 'spec' },
    ...{ decisive: monitor, fix: '', command: '', targets: { found: 0 } },
  };
};
const monitors = [
  ...[rowOf('shop', 'cart-b', 'failed'), rowOf('pay', 'cart', 'failed'), rowOf('shop', 'cart', 'ok')],
  ...[rowOf('shop', 'cart-a', 'ok')],
];

/** Sees, and may get, what is in the namespace "shop". */
const shopOnly: PageGuard = () =>
  Promise.resolve({
    caller: {
      ...{ user: 'alice', streamMs: undefined, mayGet: ({ namespace }) => Promise.resolve(namespace === 'shop') },
      look: () => Promise.resolve({ sees: ({ namespace }) => namespace === 'shop' }),
    },
  });

const explained: Question[] = [];
function explain(question: Question): Promise<Explanation> {
  explained.push(question);
  return Promise.reject(new Error('nothing is there'));
}

const open = (test: TestContext, guard: PageGuard = loopbackPageGuard) =>
  serve(
    test,
    guard,
    { ...emptyOverview, monitors },
    {
      search: (query) => Promise.resolve({ hits: complete(search(query, searched)), notes: ['Nodes were not read'] }),
      explain,
    },
  );

const browser = { headers: { accept: 'text/html' } };

describe('the search of the page', () => {
  it('tells programs all that is found, what is called so first, the worst before others', async (test) => {
    const { ask } = await open(test);
    const { hits, rows, notes } = (await (await ask('/search?q=cart')).json()) as SearchResult;
    assert.deepEqual(
      hits.map(({ href, state, isExact }) => [href, state, isExact]),
      [
        ['/explain/servicemonitor/pay/cart', 'failed', true],
        ['/explain/servicemonitor/shop/cart', 'ok', true],
        ['/explain/service/shop/cart', undefined, true],
        ['/explain/servicemonitor/shop/cart-b', 'failed', false],
        ['/explain/servicemonitor/shop/cart-a', 'ok', false],
        ['/explain/servicemonitor/pay/cart-a', undefined, false],
        ['/explain/servicemonitor/pay/cart-b', undefined, false],
        ['/explain/pod/shop/cart-0', undefined, false],
        ['/explain/alert/shop/CartDown', undefined, false],
      ],
    );
    assert.deepEqual([rows, notes], [[], ['Nodes were not read']]);
  });

  it('leads browsers to the one chain that is meant', async (test) => {
    const { ask } = await open(test);
    for (const [query, location] of [
      ['CartDown', '/explain/alert/shop/CartDown'],
      ['pa<b>ger', '/explain/alertmanagerconfig/shop/team'],
      ['10.0.0.12', '/explain/pod/shop/cart-0'],
      ['10.0.0.12:8080', '/explain/target?url=10.0.0.12%3A8080'],
      ['http://10.0.0.12:8080/m?a=b&c', '/explain/target?url=http%3A%2F%2F10.0.0.12%3A8080%2Fm%3Fa%3Db%26c'],
      ['pay/cart', '/explain/servicemonitor/pay/cart'],
    ] as const) {
      const answer = await ask(`/search?q=${encodeURIComponent(query)}`, browser);
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, location], query);
    }
  });

  it('lists what may be meant as HTML, and escapes what was read and asked', async (test) => {
    const { ask } = await open(test);
    const several = await ask('/search?q=shop%2Fcart', browser);
    assert.equal(several.status, 200);
    assert.match(await several.text(), /href="\/explain\/servicemonitor\/shop\/cart">ServiceMonitor shop\/cart<\/a>/);
    const receivers = await (await ask('/search?q=pa', browser)).text();
    assert.match(receivers, /receiver pa&lt;b&gt;ger/);
    const nothing = await (await ask('/search?q=%3Ci%3E', browser)).text();
    assert.match(nothing, /Nothing that you may see has to do with “&lt;i&gt;”: no monitor, Service, Pod/);
    assert.match(await (await ask('/search', browser)).text(), /Nothing was asked for/);
  });

  it('finds rows by their words, too', async (test) => {
    const { ask } = await open(test);
    const { hits, rows } = (await (await ask('/search?q=portnotfound+pay')).json()) as SearchResult;
    assert.deepEqual([hits, rows.map(({ object: { name } }) => name)], [[], ['cart']]);
  });

  it('shows a caller what is theirs: an address leads to their Pod, an alert to their rules', async (test) => {
    const { ask } = await open(test, shopOnly);
    for (const query of ['cart', 'till', '10.0.0.13', '10.0.0.13:80', 'TillDown', 'pay', 'slo'])
      for (const init of [browser, {}]) {
        const answer = await ask(`/search?q=${query}`, init);
        const text = (await answer.text()).replaceAll(query, '');
        assert.doesNotMatch(`${text} ${answer.headers.get('location') ?? ''}`, /\bpay\b|till|Nodes/i, query);
      }
    for (const [query, location] of [
      ['10.0.0.12:8080', '/explain/pod/shop/cart-0'],
      ['CartDown', '/explain/prometheusrule/shop/slo'],
    ] as const)
      assert.equal((await ask(`/search?q=${query}`, browser)).headers.get('location'), location);
  });

  it('explains alerts and targets to those alone who may get all that their chains name', async (test) => {
    const paths = ['/explain/alert/shop/CartDown', '/explain/target?url=10.0.0.12%3A8080'];
    const tenant = await open(test, shopOnly);
    explained.length = 0;
    for (const path of paths) {
      const answer = await tenant.ask(path);
      assert.equal(answer.status, 403, path);
      assert.match(await answer.text(), /you may not get \w+ in all namespaces/);
    }
    assert.deepEqual(explained, []);
    const { ask } = await open(test);
    for (const path of paths) assert.equal((await ask(path)).status, 503, path);
    assert.deepEqual(
      explained.map(({ subject }) => subject),
      [
        { kind: 'Alert', namespace: 'shop', name: 'CartDown' },
        { kind: 'Target', url: '10.0.0.12:8080' },
      ],
    );
  });
});
