/** The page that an operator serves, on an embedded control plane, seen with Chromium. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { applyObject } from '../../src/cli/start/control-plane.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { TestBrowser, listViolations, withoutBrowser } from './browser.ts';
import type { LiveCluster } from './live-operator.ts';
import { startLiveCluster } from './live-operator.ts';

const monitor = { namespace: 'shop', name: 'cart' };
const chain = '/explain/servicemonitor/shop/cart';
/** Overviews are made anew within seconds, watches that failed are tried again after half a minute at most; other tests run beside. */
const patience = { timeout: 60_000 };

const rowOf = (page: Page, name: string) =>
  page.locator('tr[data-row]', { has: page.getByRole('link', { name, exact: true }) });

describe('the page of an operator', { skip: withoutBrowser, timeout: 300_000 }, () => {
  const browser = new TestBrowser();
  let cluster: LiveCluster;
  let url: string;
  before(async () => {
    cluster = await startLiveCluster();
    url = `http://127.0.0.1:${await cluster.start('127.0.0.1:0')}`;
    await whenKnown(url);
  });
  after(() => cluster.close());
  const open = (path: string, options: BrowserContextOptions = {}) => browser.open(`${url}${path}`, options);
  /** Which port of the Service the monitor wants: "http-metrics" is there. */
  const setPort = (port: string): void =>
    void cluster.api.patch(serviceMonitorType, monitor, {
      ...{ kind: 'json', fieldManager: 'test' },
      body: [{ op: 'replace', path: '/spec/endpoints/0/port', value: port }],
    });

  it('has nothing on any list that axe-core objects to, that its policy blocks or that is asked of others', async () => {
    const { page: first } = await open('/');
    const links = await first.getByRole('navigation', { name: 'Lists' }).getByRole('link').all();
    const lists = await Promise.all(links.map((link) => link.getAttribute('href')));
    assert.ok(lists.length > 5, lists.join());
    for (const path of [...lists, '/search?q=cart', '/rights', chain]) {
      assert.ok(path !== null);
      const { page, complaints, requests } = await open(path);
      assert.equal(await page.locator('main h1').count(), 1, path);
      assert.deepEqual(complaints, [], path);
      assert.deepEqual([...new Set(requests.map((one) => new URL(one).origin))], [url], path);
      assert.deepEqual(await listViolations(page), [], path);
      await page.context().close();
    }
  });

  it('finds a monitor, and leads to its chain, with and without scripts', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open('/rules', { javaScriptEnabled });
      await page.getByRole('searchbox', { name: 'Search' }).fill('shop/cart');
      await page.getByRole('button', { name: 'Find' }).click();
      await page.waitForURL(/\/search\?q=shop/);
      await page.getByRole('link', { name: 'ServiceMonitor shop/cart', exact: true }).first().click();
      await page.waitForURL(/\/explain\/servicemonitor\/shop\/cart/);
      assert.ok((await page.locator('.step').count()) > 5);
      assert.match(await page.locator('.answer').innerText(), /shop\/cart/);
    }
  });

  it('shows the rows of its JSON', async () => {
    for (const path of ['/', '/workloads', '/rules', '/alertmanagerconfigs', '/rejected']) {
      const data = (await (await fetch(`${url}${path}`)).json()) as Readonly<Record<string, unknown>>;
      const rows = Object.values(data).find((value) => Array.isArray(value)) as readonly unknown[];
      const { page } = await open(path, { javaScriptEnabled: false });
      assert.equal(await page.locator('tr[data-row]').count(), rows.length, path);
    }
  });

  it('marks what changes as the operator sees it, and shows a chain anew', async () => {
    const [{ page: list }, { page: one }] = [await open('/'), await open(chain)];
    const before = await one.locator('.answer').innerText();
    setPort('gone');
    try {
      await list.locator('tr.changed', { hasText: 'cart' }).first().waitFor(patience);
      await rowOf(list, 'ServiceMonitor shop/cart').getByText('gone').first().waitFor(patience);
      await one.locator('.answer', { hasText: 'gone' }).waitFor(patience);
    } finally {
      setPort('http-metrics');
    }
    await one.locator('.answer', { hasText: before }).waitFor(patience);
  });

  it('shows what mends a Service, which is in no cache, as a diff of it', async () => {
    applyObject(cluster.api, {
      ...{
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { namespace: 'shop', name: 'lonely', labels: { app: 'lonely' } },
      },
      spec: { selector: { app: 'lonely' }, ports: [{ name: 'http-metrics', port: 80 }] },
    } as KubernetesObject);
    const { page } = await open('/explain/service/shop/lonely');
    await eventually('the list of Services is read anew', async () => {
      await page.reload();
      const [removed, added] = ['.removed', '.added'].map((kind) => page.locator(`.fixes ${kind}`).allInnerTexts());
      assert.match((await removed)?.join('') ?? '', /-\s+app: lonely/);
      assert.match((await added)?.join('') ?? '', /\+\s+app: \w+/);
    });
  });

  it('leads from a chain to the jobs that were written, shows them as they change, and what changed', async () => {
    const { page } = await open(chain);
    await page
      .getByRole('link', { name: /Its jobs in the configuration of/ })
      .first()
      .click();
    await page.waitForURL(/\/configuration\/prometheus\/.*monitor=ServiceMonitor/);
    await page.locator('.excerpt', { hasText: 'job_name: serviceMonitor/shop/cart/0' }).waitFor(patience);
    assert.deepEqual(await listViolations(page), []);
    setPort('gone');
    try {
      await page.locator('.excerpt', { hasText: 'regex: gone' }).waitFor(patience);
      await page.locator('.added', { hasText: 'gone' }).first().waitFor(patience);
    } finally {
      setPort('http-metrics');
    }
    await page.locator('.removed', { hasText: 'gone' }).first().waitFor(patience);
  });

  it('says when its watches are behind, and when they are not any more', async () => {
    const { page } = await open('/');
    assert.equal(await page.locator('#behind').isVisible(), false);
    await cluster.wire.cut();
    try {
      await page.getByText('May be out of date, since watches fail').waitFor(patience);
      assert.deepEqual(await listViolations(page), []);
      const later = await open('/', { javaScriptEnabled: false });
      assert.ok(await later.page.getByText('May be out of date, since watches fail').isVisible());
    } finally {
      await cluster.wire.mend();
    }
    await page.locator('#behind').waitFor({ state: 'hidden', ...patience });
  });

  it('says what it has not, and where to go on', async () => {
    const { page } = await open('/nowhere');
    assert.match(await page.locator('main').innerText(), /There is no page at \/nowhere/);
    assert.deepEqual(await listViolations(page), []);
    await page.getByRole('link', { name: 'Monitors' }).click();
    await rowOf(page, 'ServiceMonitor shop/cart').first().waitFor(patience);
  });

  it('lets in who has a token where callers are asked, and nobody else', async () => {
    const asking = `http://127.0.0.1:${await cluster.start('0.0.0.0:0')}`;
    await whenKnown(asking, { authorization: `Bearer ${cluster.token}` });
    for (const javaScriptEnabled of [true, false]) {
      const { page, complaints } = await browser.open(`${asking}/?state=ok`, { javaScriptEnabled });
      assert.match(page.url(), /\/login\?next=/);
      if (javaScriptEnabled) assert.deepEqual(await listViolations(page), []);
      assert.deepEqual(complaints, []);
      await page.getByLabel('Token').fill('guess');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('alert').getByText('does not know whose token this is').waitFor(patience);
      await page.getByLabel('Token').fill(cluster.token);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.waitForURL(`${asking}/?state=ok`);
      await rowOf(page, 'ServiceMonitor shop/cart').first().waitFor(patience);
      assert.equal(await page.evaluate('document.cookie'), '', 'scripts cannot read it');
    }
  });
});

/** The first overview is there, with what was applied. */
async function whenKnown(url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  await eventually('all is known', async () => {
    const answer = await fetch(url, { headers });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    for (const name of ['cart', 'checkout']) assert.ok(text.includes(`"${name}"`), text);
  });
}
