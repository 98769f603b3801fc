import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { findConfigurationChange } from '../../../../src/core/configuration/changed-sources.ts';
import type { ConfigurationSource } from '../../../../src/web/page/configuration-source.ts';
import type { PageGuard } from '../../../../src/web/page/page-guard.ts';
import { renderStack, secretValues, stack } from '../../core/configuration/rendered-stack.ts';
import { emptyOverview, serve } from './serve-page-app.ts';

const earlier = renderStack(stack.replace('interval: 15s', 'interval: 20s'));
const { find, assets } = renderStack(stack);
const change = findConfigurationChange(earlier.find('Prometheus'), find('Prometheus'));

const source: ConfigurationSource = {
  list: () => [
    { configuration: find('Prometheus'), writtenAt: 0, ...(change === undefined ? {} : { change }) },
    { configuration: find('Alertmanager'), writtenAt: 0 },
  ],
  subscribe: () => () => undefined,
  readGround: () => ({ assets, texts: new WeakMap() }),
};

/** A caller who may see what is in these namespaces. */
const guardOf =
  (...namespaces: readonly string[]): PageGuard =>
  () =>
    Promise.resolve({
      caller: {
        ...{ user: 'alice', streamMs: undefined },
        mayGet: ({ namespace = '' }) => Promise.resolve(namespaces.includes(namespace)),
        look: () => Promise.resolve({ sees: ({ namespace }) => namespaces.includes(namespace) }),
      },
    });

const main = '/configuration/prometheus/monitoring/main';
const html = { headers: { accept: 'text/html' } };

async function open(test: TestContext, ...namespaces: readonly string[]) {
  const { ask } = await serve(test, guardOf(...namespaces), emptyOverview, { configurations: source });
  return {
    status: async (path: string): Promise<number> => (await ask(path)).status,
    text: async (path: string): Promise<string> => (await ask(path, html)).text(),
    json: async (path: string): Promise<Readonly<Record<string, unknown>>> =>
      (await (await ask(path)).json()) as Readonly<Record<string, unknown>>,
  };
}

describe('configurations of the page', () => {
  it('are listed, and shown in either form without anything that a Secret holds', async (test) => {
    const { text, json } = await open(test, 'monitoring', 'shop', 'pay');
    const { configurations } = await json('/configuration');
    assert.deepEqual(configurations, [
      {
        workload: { kind: 'Alertmanager', namespace: 'monitoring', name: 'main' },
        jobs: 0,
        writtenAt: '1970-01-01T00:00:00Z',
      },
      {
        workload: { kind: 'Prometheus', namespace: 'monitoring', name: 'main' },
        ...{ jobs: 3, writtenAt: '1970-01-01T00:00:00Z', changed: 1 },
      },
    ]);
    assert.match(await text('/configuration'), /href="\/configuration\/prometheus\/monitoring\/main"/);
    for (const path of [main, '/configuration/alertmanager/monitoring/main'])
      for (const shown of [await text(path), JSON.stringify(await json(path))])
        for (const value of secretValues) assert.ok(!shown.includes(value), `${path} ${value}`);
  });

  it('tell the field behind a line, and what the last change did', async (test) => {
    const { text, json } = await open(test, 'monitoring', 'shop', 'pay');
    const page = await text(main);
    assert.match(page, /scrape_interval: 15s <span class="origin"># spec\.endpoints\[0\]\.interval<\/span>/);
    assert.match(page, /<span class="removed">- {2}scrape_interval: 20s<\/span>/);
    const { change: told } = await json(main);
    assert.match(JSON.stringify(told), /"isWhole":true/);
  });

  it('mark the lines that are looked for, and show the jobs of one monitor', async (test) => {
    const { text, json } = await open(test, 'monitoring', 'shop', 'pay');
    const page = await text(`${main}?q=CANARY`);
    assert.equal(page.match(/<mark>/g)?.length, 1);
    assert.match(page, /1 part with &quot;CANARY&quot;/);
    const { parts } = await json(`${main}?monitor=PodMonitor/pay/worker`);
    assert.deepEqual(
      (parts as { title: string }[]).map(({ title }) => title),
      ['PodMonitor pay/worker'],
    );
    assert.match(await text(`${main}?q=${encodeURIComponent('<b>')}`), /0 parts with &quot;&lt;b&gt;&quot;/);
  });

  it('are for who may get the workload, without what others ask for', async (test) => {
    const { text, json, status } = await open(test, 'monitoring', 'pay');
    const page = await text(main);
    assert.match(page, /what 1 monitors or AlertmanagerConfigs ask for that you may not see/);
    for (const shown of [page, JSON.stringify(await json(main)), await text(`${main}?q=canary`)])
      assert.doesNotMatch(shown, /shop|canary\.|15s/);
    assert.deepEqual((await json('/configuration/alertmanager/monitoring/main')).parts, []);
    assert.equal(await status(main), 200);
    const tenant = await open(test, 'shop');
    assert.equal(await tenant.status(main), 403);
    assert.deepEqual((await tenant.json('/configuration')).configurations, []);
  });

  it('are not there for what is none, and where nobody keeps them', async (test) => {
    const { status } = await open(test, 'monitoring');
    assert.equal(await status('/configuration/pod/monitoring/main'), 404);
    assert.equal(await status('/configuration/prometheus/monitoring/none'), 404);
    const { ask } = await serve(test, guardOf('monitoring'), emptyOverview);
    assert.match(await (await ask(main)).text(), /known to the operator alone/);
    const starting = await serve(test, guardOf('monitoring'));
    assert.equal((await starting.ask(main)).status, 503);
  });
});
