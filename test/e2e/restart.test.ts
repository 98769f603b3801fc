import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { statefulSetType } from '../../src/api/builtin-types.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { prometheusRuleType } from '../../src/api/prometheus-rule.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import { describeWrite } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { assertValidConfigs } from './support/config.ts';
import { eventually } from './support/eventually.ts';
import { makePrometheus, makeRule, makeServiceMonitor } from './support/objects.ts';
import { planSuite } from './support/suite.ts';
import { managedTypes } from './support/types.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['promtool']);

describe('an operator that is started again', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());

  it('writes nothing when nothing has changed', async () => {
    const first = await cluster.startOperator();
    const world = new World(() => cluster, 'shop');
    await world.begin({
      shards: 2,
      thanos: {},
      storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1024Mi' } } } } },
    });
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('shop', 'web'));
    await cluster.api.create(
      serviceMonitorType,
      makeServiceMonitor('shop', 'broken', { relabelings: [{ regex: '(' }] }),
    );
    await cluster.api.create(prometheusRuleType, makeRule('shop', 'rules', 'sum(up)'));
    await world.whenJobsAre('web/0');
    await cluster.createNamespace('unmanaged');
    const { metadata } = makePrometheus('unmanaged', 'main');
    await cluster.api.create(prometheusType, { metadata, spec: { replicas: 1 } });
    await new World(() => cluster, 'unmanaged').whenSynced();
    assert.equal(await first.stop(), 'exit code 0');

    const types = [...managedTypes, prometheusType, serviceMonitorType, prometheusRuleType];
    const versions = await cluster.readVersions(types);
    assert.ok(Object.keys(versions).length > 12, Object.keys(versions).join());
    const already = cluster.listWrites().length;
    assert.ok(already > 10);
    const second = await cluster.startOperator();
    await second.whenReady();
    await second.whenIdle({ prometheus: 2 });
    // What is under way ends before the process does.
    assert.equal(await second.stop(), 'exit code 0');
    const written = cluster.listWrites().slice(already).map(describeWrite);
    // It cannot know that the event was sent before: the server folds the same event into one.
    assert.deepEqual(
      written.filter((write) => !/^(create|patch|update) events /.test(write)),
      [],
    );
    assert.deepEqual(await cluster.readVersions(types), versions);
  });

  it('ends what was begun before it was killed, whichever write was the last', async () => {
    await cluster.stopOperators();
    await cluster.createNamespace('killed');
    const names: string[] = [];
    for (let writes = 1; writes <= 8; writes += 1) {
      const operator = await cluster.startOperator();
      const already = cluster.listWrites().length;
      const name = `round-${writes}`;
      await cluster.api.create(serviceMonitorType, makeServiceMonitor('killed', name));
      await cluster.api.create(prometheusType, makePrometheus('killed', name, { shards: 2 }));
      names.push(name);
      await eventually(`${writes} writes`, () => cluster.listWrites().length >= already + writes);
      await operator.kill();
    }
    const last = await cluster.startOperator();
    for (const name of names) {
      const world = new World(() => cluster, 'killed', name);
      await world.whenSynced();
      await world.whenJobsAre(...names.map((job) => `${job}/0`));
      await eventually('everything is there', async () => {
        assert.equal(Object.keys(await world.listChildren()).length, 8, Object.keys(await world.listChildren()).join());
      });
    }
    await last.stop();
  });

  it('ends the replacement of a StatefulSet that was begun before it was killed', async () => {
    await cluster.stopOperators();
    const world = new World(() => cluster, 'replaced');
    const first = await cluster.startOperator();
    await world.begin();
    const { uid } = (await world.readStatefulSet()).metadata;
    await world.patchSpec({ podManagementPolicy: 'OrderedReady' });
    await eventually('the StatefulSet is being deleted', async () => {
      assert.ok((await world.readStatefulSet()).metadata.deletionTimestamp !== undefined);
    });
    await first.kill();
    await cluster.startOperator();
    // No garbage collector runs here: this is its part.
    await cluster.api.patch(statefulSetType, 'replaced/prometheus-main', { metadata: { finalizers: null } });
    await eventually('there is another one', async () => {
      const { metadata, spec } = await cluster.api.get<StatefulSet>(statefulSetType, 'replaced/prometheus-main');
      assert.notEqual(metadata.uid, uid);
      assert.equal(spec.podManagementPolicy, 'OrderedReady');
    });
    await world.whenSynced();
  });

  it('never wrote a config that promtool refuses', async (test) => {
    const configs = cluster.listWrittenConfigs();
    test.diagnostic(`${configs.length} configs`);
    assert.ok(configs.length > 5, `${configs.length} configs`);
    await assertValidConfigs(configs);
  });
});
