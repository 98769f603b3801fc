import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Debian's package, and what others call the same program. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

const executablePath = findBrowser();

/** Why tests in a browser cannot run here; false: they can. */
export const withoutBrowser: string | false =
  executablePath === undefined && `needs Chromium: apt-get install chromium (looked for ${names.join(', ')} in PATH)`;

const pictures = join(import.meta.dirname, '..', '..', 'docs', 'page');

/** Chromium for the tests of one file; every page is one of its own, with nothing remembered. */
export class TestBrowser {
  #browser: Browser | undefined;

  constructor() {
    before(async () => {
      if (executablePath === undefined) return;
      this.#browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    });
    after(() => this.#browser?.close());
  }

  /** Shows an address, and gives what the browser complained of besides. */
  async open(url: string, options: BrowserContextOptions = {}): Promise<Shown> {
    if (this.#browser === undefined) throw new Error('The browser has not been started');
    const context = await this.#browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(url);
    return { page, complaints, requests };
  }
}

export interface Shown {
  readonly page: Page;
  /** What the browser has said of errors: scripts that failed, what the policy of the page has blocked. */
  readonly complaints: readonly string[];
  /** Every address that was asked for. */
  readonly requests: readonly string[];
}

/** What axe-core finds wrong with a page, one line each. */
export async function listViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}

/** Keeps the picture that docs/page.md shows, where `UPDATE_GOLDEN=1` asks for it: fonts are others on each machine. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.UPDATE_GOLDEN !== '1') return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
