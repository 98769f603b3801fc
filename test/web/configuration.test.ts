import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { findConfigurationChange } from '../../src/core/configuration/changed-sources.ts';
import type { ConfigurationSource } from '../../src/web/page/configuration-source.ts';
import { loopbackPageGuard } from '../../src/web/page/page-guard.ts';
import { renderStack, stack } from '../unit/core/configuration/rendered-stack.ts';
import { emptyOverview, serve } from '../unit/web/page/serve-page-app.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { TestBrowser, listViolations, takePicture, withoutBrowser } from './browser.ts';

const { find, assets } = renderStack(stack);
const change = findConfigurationChange(
  renderStack(stack.replace('interval: 15s', 'interval: 20s')).find('Prometheus'),
  find('Prometheus'),
);
const source: ConfigurationSource = {
  list: () => [{ configuration: find('Prometheus'), writtenAt: 0, ...(change === undefined ? {} : { change }) }],
  subscribe: () => () => undefined,
  readGround: () => ({ assets, texts: new WeakMap() }),
};
const main = '/configuration/prometheus/monitoring/main';

describe('the page of a configuration', { skip: withoutBrowser }, () => {
  const browser = new TestBrowser();
  const open = async (test: TestContext, path: string, options: Parameters<TestBrowser['open']>[1] = {}) => {
    const { url, hub } = await serve(test, loopbackPageGuard, emptyOverview, { configurations: source });
    hub.setState({ state: 'live', message: '' });
    return browser.open(`${url}${path}`, options);
  };

  for (const path of ['/configuration', `${main}?q=regex`])
    for (const colorScheme of ['light', 'dark'] as const)
      it(`has nothing that axe-core objects to: ${path}, ${colorScheme}`, async (test) => {
        const { page } = await open(test, path, { colorScheme });
        assert.deepEqual(await listViolations(page), []);
      });

  it('is read and searched without scripts', async (test) => {
    const { page } = await open(test, '/configuration', { javaScriptEnabled: false });
    await page.getByRole('link', { name: 'Prometheus monitoring/main' }).click();
    await page.getByLabel('Lines with').fill('canary');
    await page.getByRole('button', { name: 'Find' }).last().click();
    assert.match(page.url(), /\?q=canary$/);
    assert.deepEqual(await page.locator('#results .excerpt h2').allInnerTexts(), ['ServiceMonitor shop/cart']);
    assert.match(await page.locator('mark').innerText(), /▶.*regex: canary/);
    await page.getByRole('link', { name: 'ServiceMonitor shop/cart' }).click();
    assert.match(page.url(), /\/explain\/servicemonitor\/shop\/cart$/);
  });

  it('is searched as words are typed, and says what the last change did', async (test) => {
    const { page } = await open(test, main);
    await page.getByLabel('Lines with').pressSequentially('worker');
    await eventually('as many are shown', async () => (await page.locator('#results .excerpt h2').count()) === 1);
    assert.match(page.url(), /\?q=worker$/);
    assert.match(await page.locator('.added').innerText(), /scrape_interval: 15s/);
    await page.goto(page.url().replace('worker', 'interval'));
    await takePicture(page, 'configuration');
  });

  it('can be used by keyboard', async (test) => {
    const { page } = await open(test, `${main}?q=job_name`);
    for (const key of ['j', 'j', 'k', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(/\/explain\/servicemonitor\/shop\/cart/);
  });

  it('fits narrow screens', async (test) => {
    for (const path of ['/configuration', main]) {
      const { page } = await open(test, path, { viewport: { width: 360, height: 700 } });
      assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360, path);
    }
  });
});
