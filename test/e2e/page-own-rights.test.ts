/** `stoker page`: the page of a real API server with the rights of who asks, as a process. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { prometheusType } from '../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { Overview } from '../../src/core/overview/overview.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { rbacGroup as apiGroup, rbacType } from './support/rbac-type.ts';
import { planSuite } from './support/suite.ts';

const rules = [{ apiGroups: ['monitoring.coreos.com'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];

const suite = planSuite();
let cluster: Cluster;
suite.before(async () => {
  const users = ['tenant', 'reader'].map((name) => ({ name }));
  cluster = await startCluster({ controllerManager: false, users });
  for (const namespace of ['shop', 'pay']) {
    await cluster.createNamespace(namespace);
    await cluster.api.create(serviceMonitorType, {
      metadata: { namespace, name: `${namespace}-cart` },
      spec: { selector: {}, endpoints: [{ port: 'web' }] },
    });
  }
  await cluster.api.create(prometheusType, {
    metadata: { namespace: 'shop', name: 'main' },
    spec: { serviceMonitorSelector: {} },
  });
  const [subject, metadata] = [{ kind: 'User', apiGroup }, { name: 'see' }];
  await cluster.api.create(rbacType('ClusterRole'), { metadata, rules });
  const roleRef = { apiGroup, kind: 'ClusterRole', name: 'see' };
  await cluster.api.create(rbacType('ClusterRoleBinding'), {
    ...{ metadata, roleRef, subjects: [{ ...subject, name: 'reader' }] },
  });
  await cluster.api.create(rbacType('RoleBinding'), {
    ...{ metadata: { ...metadata, namespace: 'shop' }, roleRef, subjects: [{ ...subject, name: 'tenant' }] },
  });
});
suite.after(() => cluster.stop());

interface Page {
  readonly url: string;
  readonly stderr: string;
  /** Resolves with its exit code. */
  end(): Promise<unknown>;
}

async function openPage(user: string, ...args: readonly string[]): Promise<Page> {
  const all = [cluster.bundle, 'page', '--kubeconfig', cluster.controlPlane.kubeconfigFor(user), ...args];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (said.stdout += String(data)));
  child.stderr.on('data', (data) => (said.stderr += String(data)));
  const ended = once(child, 'exit');
  const url = await eventually(`${user} has a page`, () => /: (http:\S+)\n/.exec(said.stdout)?.[1] ?? false);
  return {
    url,
    get stderr() {
      return said.stderr;
    },
    end: async () => {
      child.kill('SIGINT');
      const [code] = (await ended) as unknown[];
      return code;
    },
  };
}

async function readMonitors({ url }: Page): Promise<{ names: string[]; notes: readonly string[] }> {
  const { monitors, notes } = (await (await fetch(url)).json()) as Overview;
  return { names: monitors.map(({ object: { namespace, name } }) => `${namespace}/${name}`).sort(), notes };
}

suite.it('shows what may be read, says what may not, writes nothing, and ends with 0 at SIGINT', async () => {
  const page = await openPage('reader');
  await eventually('both monitors are there', async () => {
    const { names, notes } = await readMonitors(page);
    assert.deepEqual(names, ['pay/pay-cart', 'shop/shop-cart']);
    for (const kind of ['namespaces', 'pods', 'services'])
      assert.ok(
        notes.includes(`cannot list ${kind}${kind === 'namespaces' ? '' : ' in all namespaces'}: forbidden`),
        notes.join('\n'),
      );
  });
  assert.match(page.stderr, /^stoker: cannot list namespaces: forbidden$/m);
  const listing = await fetch(page.url, { headers: { accept: 'text/html' } });
  assert.match(await listing.text(), /cannot list pods in all namespaces: forbidden/);
  assert.equal(await page.end(), 0);
  assert.deepEqual(cluster.listWrites('reader'), []);
});

suite.it('is told of a change by the watch', async () => {
  const page = await openPage('reader');
  const end = new AbortController();
  let heard = '';
  const listen = async (): Promise<void> => {
    const { body } = await fetch(`${page.url}/events`, { signal: end.signal });
    for await (const part of body ?? []) heard += Buffer.from(part as Uint8Array).toString();
  };
  const listening = listen().catch((error: unknown) => assert.ok(end.signal.aborted, String(error)));
  await eventually('the stream is open', () => heard.includes('event: state'));
  await cluster.api.patch(serviceMonitorType, 'pay/pay-cart', { spec: { jobLabel: 'changed' } });
  await eventually('it is told of', () => heard.includes('ServiceMonitor/pay/pay-cart'));
  end.abort();
  await listening;
  assert.equal(await page.end(), 0);
});

suite.it('a tenant names the namespaces that they may read, and sees no other', async () => {
  const blind = await openPage('tenant');
  assert.match(blind.stderr, /cannot list servicemonitors\.monitoring\.coreos\.com in all namespaces: forbidden/);
  assert.deepEqual((await readMonitors(blind)).names, []);
  assert.equal(await blind.end(), 0);
  const page = await openPage('tenant', '-n', 'shop');
  assert.doesNotMatch(page.stderr, /monitoring\.coreos\.com/);
  const { names, notes } = await readMonitors(page);
  assert.deepEqual(names, ['shop/shop-cart']);
  assert.ok(notes.includes('cannot list pods in namespace shop: forbidden'), notes.join('\n'));
  assert.equal(await page.end(), 0);
});
