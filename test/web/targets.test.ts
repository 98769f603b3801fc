import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { complete } from '../../src/base/interruptible.ts';
import { openFolder } from '../../src/cli/explain/folder-gatherer.ts';
import { readOperator } from '../../src/cli/explain/scope-flags.ts';
import type { SurveyedTargets } from '../../src/core/overview/target-survey.ts';
import { answerTargets } from '../../src/operator/explain/answer.ts';
import { loopbackPageGuard } from '../../src/web/page/page-guard.ts';
import { emptyOverview, serve } from '../unit/web/page/serve-page-app.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { TestBrowser, listViolations, takePicture, withoutBrowser } from './browser.ts';

const root = join(import.meta.dirname, '..', '..');
const operator = readOperator({}, { major: 1, minor: 36 });

describe('the page of targets', { skip: withoutBrowser }, () => {
  const browser = new TestBrowser();
  let all: SurveyedTargets;
  before(async () => {
    const { signal } = new AbortController();
    const { premises, gatherer } = openFolder([join(root, 'stacks', 'multi-team')], { operator, urls: {}, signal });
    all = await answerTargets({ premises, gatherer, run: complete });
  });
  const open = async (test: TestContext, path: string, options: Parameters<TestBrowser['open']>[1] = {}) => {
    const targets = { read: () => Promise.resolve({ overview: all, asOf: 0 }) };
    const { url, hub } = await serve(test, loopbackPageGuard, emptyOverview, { targets });
    hub.setState({ state: 'live', message: '' });
    return browser.open(`${url}${path}`, options);
  };

  for (const colorScheme of ['light', 'dark'] as const)
    it(`has nothing that axe-core objects to, ${colorScheme}`, async (test) => {
      const { page } = await open(test, '/targets', { colorScheme });
      assert.ok((await page.locator('tr[data-row]').count()) > 0);
      assert.deepEqual(await listViolations(page), []);
      if (colorScheme === 'light') await takePicture(page, 'targets');
    });

  it('is read and filtered without scripts', async (test) => {
    const { page } = await open(test, '/targets', { javaScriptEnabled: false });
    await page.getByLabel('State').selectOption('dropped');
    await page.getByRole('button', { name: 'Filter' }).click();
    assert.match(page.url(), /state=dropped/);
    const dropped = all.rows.filter(({ state }) => state === 'dropped').length;
    assert.ok(dropped > 0);
    assert.equal(await page.locator('tr[data-row]').count(), Math.min(100, dropped));
    assert.match(await page.locator('tr[data-row] .state').first().innerText(), /dropped/);
  });

  it('is filtered as words are typed, which stand in its address', async (test) => {
    const { page } = await open(test, '/targets');
    const [first] = all.rows;
    assert.ok(first !== undefined);
    const { job } = first;
    await page.getByLabel('Words').fill(job);
    const count = all.rows.filter((row) => row.job === job).length;
    await eventually('as many are shown', async () => (await page.locator('tr[data-row]').count()) === count);
    assert.equal(new URL(page.url()).searchParams.get('text'), job);
  });

  it('can be used by keyboard, and leads to a chain', async (test) => {
    const { page } = await open(test, '/targets?state=active');
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(/\/explain\//);
  });

  it('fits narrow screens', async (test) => {
    const { page } = await open(test, '/targets', { viewport: { width: 360, height: 700 } });
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360);
  });
});
