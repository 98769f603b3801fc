import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { SurveyedTarget, SurveyedTargets } from '../../../../src/core/overview/target-survey.ts';
import type { PageGuard } from '../../../../src/web/page/page-guard.ts';
import { emptyOverview, serve } from './serve-page-app.ts';

const workload = { kind: 'Prometheus', namespace: 'monitoring', name: 'main' };

const makeRow = (namespace: string, at: number, more: Partial<SurveyedTarget> = {}): SurveyedTarget => ({
  ...{
    workload,
    monitor: { kind: 'ServiceMonitor', namespace, name: 'cart' },
    job: `serviceMonitor/${namespace}/cart/0`,
  },
  ...{
    url: `http://10.0.0.${at}:80/metrics`,
    state: 'active',
    why: '',
    from: '',
    namespace,
    source: `pod/${namespace}/a`,
    overlaps: [],
  },
  ...more,
});

const overview: SurveyedTargets = {
  rows: [
    ...Array.from({ length: 150 }, (_, at) => makeRow('shop', at)),
    makeRow('shop', 150, {
      state: 'dropped',
      why: 'rule 2 <b>',
      from: 'ServiceMonitor shop/cart spec.endpoints[0].port',
    }),
    makeRow('pay', 200, { health: 'down', why: 'refused' }),
  ],
  unlisted: [{ workload, monitor: { kind: 'ServiceMonitor', namespace: 'pay', name: 'cart' }, dropped: 7 }],
  notes: ['Cannot list Pods in namespace "pay"'],
};

const guardOf =
  (sees: (namespace: string) => boolean): PageGuard =>
  () =>
    Promise.resolve({
      caller: {
        ...{ user: 'alice', streamMs: undefined, mayGet: () => Promise.resolve(false) },
        look: () => Promise.resolve({ sees: ({ namespace }) => sees(namespace) }),
      },
    });

async function open(test: TestContext, sees: (namespace: string) => boolean) {
  const targets = { read: () => Promise.resolve({ overview, asOf: 0 }) };
  const { ask } = await serve(test, guardOf(sees), emptyOverview, { targets });
  return {
    text: async (path: string): Promise<string> => (await ask(path, { headers: { accept: 'text/html' } })).text(),
    json: async (path: string) =>
      (await (await ask(path)).json()) as {
        readonly targets: readonly SurveyedTarget[];
        readonly found: number;
        readonly pages: number;
        readonly notes: readonly string[];
        readonly unlisted: number;
      },
  };
}

describe('targets of the page', () => {
  it('come a hundred at a time, in either form, as the address chooses them', async (test) => {
    const { text, json } = await open(test, () => true);
    const { targets, found, pages, notes, unlisted } = await json('/targets');
    assert.deepEqual([targets.length, found, pages, notes.length, unlisted], [100, 152, 2, 1, 7]);
    assert.equal((await json('/targets?page=2')).targets.length, 52);
    assert.equal((await json('/targets?page=9')).targets.length, 52, 'the last one');
    assert.deepEqual((await json('/targets?state=down')).targets, overview.rows.slice(-1));
    const page = await text('/targets?state=dropped');
    assert.match(page, /rule 2 &lt;b&gt;/);
    assert.match(page, /151 active, 1 dropped, 0 failed, 0 duplicate; 7 more were dropped/);
    assert.match(page, /href="\/explain\/servicemonitor\/shop\/cart\?workload=monitoring%2Fmain"/);
    assert.match(
      await text('/targets?state=down'),
      /href="\/explain\/target\?url=http%3A%2F%2F10\.0\.0\.200%3A80%2Fmetrics"/,
    );
    assert.match(await text('/targets?state=unknown'), /health unknown/);
  });

  it('are those that the caller may see', async (test) => {
    const { text, json } = await open(test, (namespace) => namespace === 'pay');
    const { targets, found, notes } = await json('/targets');
    assert.deepEqual([targets, found, notes], [overview.rows.slice(-1), 1, []]);
    for (const path of ['/targets', '/targets?text=shop', '/targets?namespace=shop', '/targets?text=cart'])
      assert.doesNotMatch((await text(path)).replaceAll(/value="shop"/g, ''), /shop/, path);
    assert.doesNotMatch(await text('/targets'), /explain\/target/, 'its chain names what others scrape');
  });
});
