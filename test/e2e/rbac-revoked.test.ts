import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { Permissions } from './support/identity.ts';
import { grantAccess, listModeFlags, wholeCluster } from './support/identity.ts';
import { makeServiceMonitor } from './support/objects.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite();
const metric = 'stoker_access_missing';
/** Missing permissions are asked for every 15 s, and caches that are refused wait half a minute at most. */
const patienceMs = 90_000;

describe('an operator whose permissions change', () => {
  let cluster: Cluster;
  let permissions: Permissions;
  let operator: Operator;
  const world = new World(() => cluster, 'shop');
  before(async () => {
    cluster = await startCluster();
    permissions = await grantAccess(cluster, wholeCluster, { namespaces: ['shop'] });
  });
  after(() => cluster.stop());

  const start = async (): Promise<void> => {
    const { kubeconfig } = permissions;
    operator = await cluster.startOperator({ kubeconfig, args: listModeFlags(wholeCluster, []) });
  };
  const hasCondition = async (): Promise<boolean> =>
    (await world.readPrometheus()).status?.conditions?.some(({ type }) => type === 'Permitted') === true;
  const addMonitor = (name: string) => cluster.api.create(serviceMonitorType, makeServiceMonitor('shop', name));

  it('starts without any, says what is missing, and begins as soon as it is granted', async () => {
    const giveBack = await permissions.revokeAll();
    await start();
    await eventually('the log says so', () => /Permission missing.*list, watch prometheuses/.test(operator.log()));
    assert.equal(await operator.metric(metric, { verb: 'list', resource: 'prometheuses' }), 1);
    assert.equal(operator.ended(), undefined);
    assert.equal((await operator.fetch('/healthz')).status, 200);
    await giveBack();
    await eventually('nothing is missing', async () => assert.equal(await operator.metric(metric), 0), patienceMs);
    await operator.whenReady();
    await world.begin();
    assert.equal(await hasCondition(), false);
  });

  it('says in log, metric and status what was taken away while it ran, and takes it back', async () => {
    await addMonitor('web');
    await world.whenJobsAre('web/0');
    const giveBack = await permissions.revoke('secrets');
    await addMonitor('api');
    const { status, reason, message } = await eventually(
      'the condition says so',
      () => world.readCondition('Permitted'),
      patienceMs,
    );
    assert.deepEqual([status, reason], ['False', 'PermissionMissing']);
    assert.match(message ?? '', /get, create, update, delete secrets \(configuration, TLS files/);
    assert.equal(await operator.metric(metric, { verb: 'update', resource: 'secrets' }), 1);
    assert.match(operator.log(), /Permission missing.*update, delete secrets/);
    await world.whenJobsAre('web/0');
    await giveBack();
    await eventually('the condition is gone', async () => assert.equal(await hasCondition(), false), patienceMs);
    await world.whenJobsAre('api/0', 'web/0');
    await world.whenSynced();
    assert.equal(await operator.metric(metric), 0);
    assert.match(operator.log(), /Permission is back.*update, delete secrets/);
  });

  it('keeps the jobs of monitors that it may not list any more, and says so after a restart', async () => {
    const giveBack = await permissions.revoke('servicemonitors');
    await operator.stop();
    await start();
    await eventually('the status says so', async () => {
      assert.match((await world.readCondition('Permitted')).message ?? '', /list, watch servicemonitors/);
      assert.match((await world.readCondition('Reconciled')).message ?? '', /the last configuration stays/);
    });
    await world.whenJobsAre('api/0', 'web/0');
    await giveBack();
    await eventually('the condition is gone', async () => assert.equal(await hasCondition(), false), patienceMs);
    await eventually('it syncs', () => world.whenSynced(), patienceMs);
  });

  it('leaves counts as they are while pods may not be listed', async () => {
    const giveBack = await permissions.revoke('pods');
    await world.patchSpec({ replicas: 2 });
    await eventually('the status says so', async () => {
      assert.equal((await world.readCondition('Available')).reason, 'PodsNotListed');
      assert.match((await world.readCondition('Permitted')).message ?? '', /list pods/);
    });
    await giveBack();
    await eventually('the condition is gone', async () => assert.equal(await hasCondition(), false), patienceMs);
    await eventually('pods are counted', async () => {
      assert.equal((await world.readCondition('Available')).reason, 'NoPodReady');
    });
  });
});
