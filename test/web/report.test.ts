import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readManifests } from '../../src/cli/manifests.ts';
import { invoke } from '../cli/invoke.ts';
import { TestBrowser, listViolations, withoutBrowser } from './browser.ts';

const stacks = join(import.meta.dirname, '..', '..', 'stacks');
const stack = join(stacks, 'multi-team');

/** Lines of the contents of all Secrets of a stack, save those that stand in other objects as well; the short ones are words like any other. */
function listSecretValues(folder: string): string[] {
  const manifests = readManifests([folder]);
  const secrets = manifests.filter(({ kind }) => kind === 'Secret');
  const open = JSON.stringify(manifests.filter(({ kind }) => kind !== 'Secret'));
  const values = secrets.flatMap((secret) => {
    const { data = {}, stringData = {} } = secret as {
      readonly data?: Record<string, string>;
      readonly stringData?: Record<string, string>;
    };
    return [...Object.values(stringData), ...Object.values(data).map((one) => Buffer.from(one, 'base64').toString())];
  });
  return values
    .flatMap((value) => value.split('\n').map((line) => line.trim().replace(/^- /, '')))
    .filter((line) => line.length >= 8 && !/^\w+:$/.test(line) && !open.includes(line));
}

describe('stoker page --offline', { skip: withoutBrowser }, () => {
  const browser = new TestBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'stoker-report-'));
  const file = join(folder, 'report.html');
  const url = pathToFileURL(file).href;
  after(() => rmSync(folder, { recursive: true }));
  before(async () => {
    const { code, stderr } = await invoke('page', '--offline', stack, '-o', file);
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('is one file that asks for nothing else and leads from the list to a chain', async () => {
    const { page, complaints, requests } = await browser.open(url);
    await page.getByRole('link', { name: 'ServiceMonitor' }).first().click();
    const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
    const part = page.locator(`[id="${id}"]`);
    assert.ok(await part.isVisible(), id);
    assert.ok((await part.locator('.step').count()) > 3);
    assert.deepEqual([complaints, requests], [[], [url]]);
  });

  it('can be read without scripts, in the dark and by screen readers', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await browser.open(url, { colorScheme });
      assert.deepEqual(await listViolations(page), [], colorScheme);
    }
    const { page } = await browser.open(url, { javaScriptEnabled: false });
    assert.match(await page.locator('main').innerText(), /monitors? .*scraped/i);
  });

  it('holds no address outside', () => {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /(?:src|href|action)="(?:https?:)?\/\//);
  });

  it('holds no value of a Secret, of any of our stacks', async () => {
    let found = 0;
    for (const name of readdirSync(stacks, { withFileTypes: true }).filter((one) => one.isDirectory())) {
      const folder = join(stacks, name.name);
      const { stdout } = await invoke('page', '--offline', folder, '-o', '-');
      for (const value of listSecretValues(folder)) {
        found += 1;
        for (const text of [value, Buffer.from(value).toString('base64')])
          assert.ok(!stdout.includes(text), `${name.name}: "${value}" is in the report`);
      }
    }
    assert.ok(found > 20, `${found} values`);
  });
});
