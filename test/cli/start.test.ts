import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCli } from '../../src/cli/program.ts';
import { invoke } from './invoke.ts';

describe('stoker start', () => {
  const [home, examples] = [process.cwd(), resolve('examples')];
  const folder = mkdtempSync(join(tmpdir(), 'stoker-start-'));
  before(() => {
    process.chdir(folder);
  });
  after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  it('--once brings the examples up, and names the monitor that is not scraped', async () => {
    const { code, stdout, stderr } = await invoke('start', '--once', '--examples', examples);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /Prometheus monitoring\/main: StatefulSet prometheus-main, 2\/2 ready/);
    assert.match(stdout, /config written: 3 jobs: serviceMonitor\/shop\/cart\/0/);
    assert.match(stdout, /Alertmanager monitoring\/main: StatefulSet alertmanager-main, 2\/2 ready/);
    assert.match(stdout, /config written: 3 receivers: cluster, shop\/shop\/pager, shop\/shop\/mail/);
    const unscraped = [...stdout.matchAll(/^ +! (.+)\n +(.+)$/gm)].map(([, summary, command]) => [summary, command]);
    assert.deepEqual(unscraped, [
      [
        'shop/cart-canary is NOT scraped: its labels do not match the selector of monitoring/main: found release=canary.',
        'npx stoker explain servicemonitor cart-canary -n shop',
      ],
    ]);
  });

  it('says first where the page is, which answers by then, and ends at Ctrl-C', async () => {
    const ctrlC = new AbortController();
    let answered: Promise<number> | undefined;
    const stdout = (text: string): void => {
      const url = /^Page {2}(\S+)\n/.exec(text)?.[1];
      answered ??= url === undefined ? Promise.reject(new Error(text)) : askFor(url);
      if (text.includes('Ctrl-C ends everything')) ctrlC.abort();
    };
    const ports = ['--port', '0', '--web-port', '0', '--page-port', '0'];
    const io = { stdout, stderr: assert.fail, isTerminal: false, signal: ctrlC.signal, env: {} };
    const code = await runCli(['start', ...ports, '--examples', examples], io);
    assert.equal(code, 0);
    assert.equal(await answered, 200);
  });
});

const askFor = async (url: string): Promise<number> => (await fetch(`${url}/assets/page.css`)).status;
