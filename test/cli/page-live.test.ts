import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { chooseOpener, openBrowser } from '../../src/cli/page/open-browser.ts';
import type { Overview } from '../../src/core/overview/overview.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { begin } from './begin.ts';
import type { Begun } from './begin.ts';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const example = fileURLToPath(new URL('../../docs/shards/shop.yaml', import.meta.url));

describe('stoker page of a cluster', () => {
  let sandbox: LiveSandbox;
  let page: Begun;
  let url: string;
  before(async () => {
    sandbox = await openLiveSandbox(parseYamlDocuments(readFileSync(example, 'utf8')) as KubernetesObject[]);
    page = begin('page', '--kubeconfig', sandbox.kubeconfig);
    url = await eventually('it says where it is', () => /^Page of https?:\S+: (\S+)\n/.exec(page.stdout)?.[1] ?? false);
  });
  after(async () => {
    await page.interrupt();
    await sandbox.close();
  });

  const ask = async (path: string, accept = 'application/json'): Promise<Response> => {
    const answer = await fetch(`${url}${path}`, { headers: { accept } });
    assert.equal(answer.status, 200, path);
    return answer;
  };

  it('shows what stoker status and stoker explain say', async () => {
    const where = ['--kubeconfig', sandbox.kubeconfig, '-o', 'json'];
    const told = JSON.parse((await invoke('status', ...where)).stdout) as Overview;
    const { monitors } = (await (await ask('/')).json()) as Overview;
    assert.deepEqual(monitors, told.monitors);
    const { workloads } = (await (await ask('/workloads')).json()) as Overview;
    assert.deepEqual(workloads, told.workloads);
    const [{ object }] = monitors as [Overview['monitors'][number]];
    const name = [object.kind.toLowerCase(), object.namespace, object.name] as const;
    const explained: unknown = JSON.parse((await invoke('explain', name[0], `${name[1]}/${name[2]}`, ...where)).stdout);
    assert.deepEqual(await (await ask(`/explain/${name.join('/')}`)).json(), explained);
  });

  it('tells of a change as it comes, and shows it', async () => {
    const end = new AbortController();
    let heard = '';
    const listen = async (): Promise<void> => {
      const { body } = await fetch(`${url}/events`, { signal: end.signal });
      for await (const part of body ?? []) heard += Buffer.from(part as Uint8Array).toString();
    };
    const listening = listen().catch((error: unknown) => assert.ok(end.signal.aborted, String(error)));
    await eventually('the stream is open', () => heard.includes('event: state'));
    const spec = { selector: { matchLabels: { app: 'nobody' } }, endpoints: [{ port: 'web' }] };
    await sandbox.client.create(serviceMonitorType, {
      metadata: { namespace: 'shop', name: 'late' },
      spec,
    } as KubernetesObject);
    await eventually('the object is told of', () => heard.includes('ServiceMonitor/shop/late'));
    await eventually('its row is told of', () => /"list":"monitors","key":"ServiceMonitor\/shop\/late /.test(heard));
    assert.match(await (await ask('/', 'text/html')).text(), /shop\/late/);
    end.abort();
    await listening;
  });

  it('says whose rights are used for what, and which cluster it is of', async () => {
    const { reads } = (await (await ask('/rights')).json()) as { reads: { verbs: string[]; resources: string[] }[] };
    assert.deepEqual([...new Set(reads.flatMap(({ verbs }) => verbs))].sort(), ['get', 'list', 'watch']);
    assert.match(await (await ask('/', 'text/html')).text(), /Stoker · https?:\/\/127\.0\.0\.1:\d+ · as of/);
  });

  it('ends with 0 at Ctrl-C, with streams open', async () => {
    const stream = await fetch(`${url}/events`);
    assert.equal(await page.interrupt(), 0);
    await assert.rejects(fetch(url));
    await stream.body?.cancel().catch(() => undefined);
    assert.equal(page.stderr, '');
  });

  it('refuses a port that is in use, or none, and a server that gives no answer', async (test) => {
    const where = ['--kubeconfig', sandbox.kubeconfig];
    const other = begin('page', ...where);
    test.after(() => other.interrupt());
    const taken = await eventually('another', () => /:(\d+)\n/.exec(other.stdout)?.[1] ?? false);
    const refused = await invoke('page', ...where, '--port', taken);
    assert.deepEqual([refused.code, refused.stdout], [1, '']);
    assert.ok(refused.stderr.includes(taken), refused.stderr);
    assert.equal(await other.interrupt(), 0);
    assert.equal((await invoke('page', ...where, '--port', 'web')).code, 2);
    assert.equal((await invoke('page', '--server', 'http://127.0.0.1:1', '--request-timeout', '1s')).code, 1);
  });
});

describe('the browser', () => {
  it('is opened by what the platform has, where there is a display', () => {
    assert.equal(chooseOpener('linux', {}), undefined);
    assert.equal(chooseOpener('linux', { DISPLAY: '' }), undefined);
    assert.equal(chooseOpener('linux', { DISPLAY: ':0' })?.program, 'xdg-open');
    assert.equal(chooseOpener('freebsd', { WAYLAND_DISPLAY: 'wayland-0' })?.program, 'xdg-open');
    assert.equal(chooseOpener('darwin', {})?.program, 'open');
    assert.deepEqual(chooseOpener('win32', {}), { program: 'cmd', args: ['/c', 'start', '""'] });
  });

  it('gets the address; that there is none is a hint', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-browser-'));
    try {
      const [opened, url] = [join(folder, 'opened'), 'http://127.0.0.1:9080'];
      let stderr = '';
      const env = { DISPLAY: ':0', PATH: folder };
      const io = { stdout: assert.fail, stderr: (text: string) => (stderr += text), isTerminal: true, env };
      const { signal } = new AbortController();
      openBrowser(url, { ...io, signal }, 'linux');
      await eventually('the hint', () => stderr.includes('Cannot open a browser with xdg-open'));
      writeFileSync(
        join(folder, 'xdg-open'),
        `#!/bin/sh\necho "$1" > ${opened}.new; /bin/mv ${opened}.new ${opened}\n`,
        { mode: 0o755 },
      );
      openBrowser(url, { ...io, signal, isTerminal: false }, 'linux');
      openBrowser(`${url}/rules`, { ...io, signal }, 'linux');
      const told = await eventually('it is opened', () => existsSync(opened) && readFileSync(opened, 'utf8'));
      assert.equal(told, `${url}/rules\n`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
