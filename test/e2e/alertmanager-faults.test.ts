import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { secretType, statefulSetType } from '../../src/api/builtin-types.ts';
import { writeKubeconfig } from '../control-plane/credentials.ts';
import { Workspace } from '../control-plane/workspace.ts';
import { alertmanagers } from './support/alerting-subjects.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { FaultProxy } from './support/faults/proxy.ts';
import { startFaultProxy } from './support/faults/proxy.ts';
import { loadWritten } from './support/alertmanager-process.ts';
import { makeAlertmanagerConfig, makeSecret } from './support/objects.ts';
import { findContainer } from './support/pod-files.ts';
import { planSuite } from './support/suite.ts';
import { WorkloadWorld } from './support/workload-world.ts';

const { it, before, after } = planSuite();
/** Each watch has a back-off of its own, of up to 30 s. */
const patienceMs = 90_000;

const hook = (value: string) => makeSecret('away', 'hook', { url: `http://${value}/` });

describe('an operator with an Alertmanager whose API server fails in the middle', () => {
  let cluster: Cluster;
  let proxy: FaultProxy;
  const workspace = new Workspace('alertmanager-faults');
  const world = new WorkloadWorld(() => cluster, alertmanagers, 'away');
  before(async () => {
    cluster = await startCluster();
    proxy = await startFaultProxy(cluster.controlPlane.server);
    const kubeconfig = workspace.path('kubeconfig');
    const { caFile, tokens } = cluster.controlPlane;
    writeKubeconfig(kubeconfig, { server: proxy.url, caFile, user: 'operator', token: tokens.get('operator') ?? '' });
    const operator = await cluster.startOperator({ kubeconfig });
    await operator.whenReady();
  });
  after(async () => {
    await proxy.close();
    await cluster.stop();
    await workspace.close();
  });

  const add = (name: string) =>
    cluster.api.create(
      alertmanagers.selected,
      makeAlertmanagerConfig('away', name, { urlSecret: { name: 'hook', key: 'url' } }),
    );
  /** The configuration has the routes of these objects and no others, and the address. */
  const whenConfigured = (names: readonly string[], address: string): Promise<void> =>
    eventually(
      `${names.join()} are routed to ${address}`,
      async () => {
        const config = await alertmanagers.readOutput(world);
        assert.deepEqual([...config.matchAll(/^- name: away\/(.*)\/hook$/gm)].map(([, name]) => name).sort(), names);
        assert.deepEqual([...new Set(config.match(/(?<=url: )http\S+/g))], [`http://${address}/`]);
        await cluster.api.get(statefulSetType, world.keyOf(world.prefix));
      },
      patienceMs,
    );

  it('ends what it began when answers to its writes are lost, whichever they are', async () => {
    await cluster.createNamespace('away');
    await cluster.api.create(secretType, hook('first'));
    await add('web');
    let strikes = 0;
    proxy.decide = ({ isWrite }) => {
      if (!isWrite || strikes >= 12) return undefined;
      strikes += 1;
      return strikes % 2 === 0 ? { status: 500, reason: 'InternalError' } : { status: 504, reason: 'Timeout' };
    };
    await world.begin();
    assert.equal(strikes, 12);
    proxy.decide = () => undefined;
    await whenConfigured(['web'], 'first');
    assert.deepEqual(Object.keys(await world.listChildren()).sort(), alertmanagers.children);
  });

  it('notices what happened while the API server was gone', async () => {
    await proxy.cut();
    await add('api');
    await cluster.api.remove(alertmanagers.selected, 'away/web');
    await cluster.api.patch(secretType, 'away/hook', { stringData: { url: 'http://second/' } });
    await cluster.api.remove(statefulSetType, world.keyOf(world.prefix));
    await cluster.api.remove(secretType, world.keyOf(`${world.prefix}-cluster-tls-config`));
    await cluster.controlPlane.restartApiServer();
    await proxy.mend();
    await whenConfigured(['api'], 'second');
    await eventually('every object is there again', async () =>
      assert.deepEqual(Object.keys(await world.listChildren()).sort(), alertmanagers.children),
    );
    await world.whenSynced();
  });

  it('keeps the last configuration while a Secret cannot be read, and goes on when it can', async () => {
    const good = await alertmanagers.readOutput(world);
    let struck = 0;
    proxy.decide = ({ method, path }) => {
      if (method !== 'GET' || !path.endsWith('/namespaces/away/secrets/hook')) return undefined;
      struck += 1;
      return { status: 500, reason: 'InternalError' };
    };
    await cluster.api.patch(secretType, 'away/hook', { stringData: { url: 'http://third/' } });
    await eventually('it tried', () => struck >= 2, patienceMs);
    assert.equal(await alertmanagers.readOutput(world), good);
    proxy.decide = () => undefined;
    await whenConfigured(['api'], 'third');
    await world.whenSynced();
  });

  it('never wrote a configuration that a real Alertmanager does not load', async (test) => {
    const { template } = (await world.readStatefulSet()).spec;
    const { loaded, refused } = await loadWritten(cluster, findContainer(template, 'config-reloader'));
    test.diagnostic(`${loaded} configurations loaded, ${refused.length} refused`);
    assert.deepEqual(refused, []);
    assert.ok(loaded >= 3, `${loaded} configurations`);
  });
});
