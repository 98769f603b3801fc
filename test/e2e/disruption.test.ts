import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { statefulSetType } from '../../src/api/builtin-types.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import type { StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { Write } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { makePrometheus, makeServiceMonitor } from './support/objects.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite([]);
const image = 'example.org/prometheus:v3.9.9';

/** Writes of StatefulSets, by whichever operator. */
const isOfSets = ({ resource }: Write): boolean => resource === 'statefulsets';

/** As the StatefulSet controller and the kubelets bring about what a set says. */
async function settle(world: World, suffix = ''): Promise<void> {
  const { metadata, spec } = await world.readStatefulSet(suffix);
  const { replicas = 1 } = spec;
  const revision = String(metadata.generation);
  const status = {
    ...{ observedGeneration: metadata.generation, currentRevision: revision, updateRevision: revision },
    ...{ replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas },
  };
  await world.api.patch(statefulSetType, world.keyOf(world.prefix + suffix), { status }, 'status');
}

async function annotate(world: World, annotations: Readonly<Record<string, string>>): Promise<void> {
  await world.api.patch(prometheusType, world.keyOf(world.name), { metadata: { annotations } });
}

const whenPending = async (world: World, reason: string): Promise<string> =>
  await eventually(`${world.keyOf(world.name)} waits: ${reason}`, async () => {
    const condition = await world.readCondition('ChangePending');
    assert.deepEqual([condition.status, condition.reason], ['True', reason], condition.message);
    return condition.message ?? '';
  });

const whenNothingPends = async (world: World): Promise<void> => {
  await eventually('nothing waits', async () => {
    assert.equal(
      (await world.read()).status?.conditions?.some(({ type }) => type === 'ChangePending'),
      false,
    );
  });
};

describe('changes that restart pods, with the operator killed after each of its writes', { timeout: 300_000 }, () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());

  it('wait for approval, and need it once', async (test) => {
    let kills = 0;
    for (let writes = 1; writes <= 3; writes += 1) {
      const world = new World(() => cluster, `approval-${writes}`);
      const start = () => cluster.startOperator({ args: ['--disruption=approve'] });
      let operator = await start();
      await world.begin();
      const killAfterWrites = async (from: number): Promise<void> => {
        const isDone = (): boolean => cluster.listWrites().length >= from + writes;
        // There may be fewer: then it is killed when nothing more comes.
        await eventually(`${writes} writes`, isDone, 3000).catch(() => undefined);
        await operator.kill();
        kills += 1;
        operator = await start();
      };
      const already = cluster.listWrites().length;
      await world.patchSpec({ image });
      await killAfterWrites(already);
      const message = await whenPending(world, 'ApprovalMissing');
      await cluster.api.create(serviceMonitorType, makeServiceMonitor(world.namespace, 'web'));
      await world.whenJobsAre('web/0');
      assert.deepEqual(cluster.listWrites().slice(already).filter(isOfSets), []);

      const [, hash = ''] = /stoker\.dev\/approved-change=(\w+)$/.exec(message) ?? [];
      const approved = cluster.listWrites().length;
      await annotate(world, { 'stoker.dev/approved-change': hash });
      await killAfterWrites(approved);
      await eventually('the image is there', async () => assert.equal(await world.readImage(), image));
      await whenNothingPends(world);
      await operator.stop();
    }
    test.diagnostic(`${kills} operators killed`);
  });

  it('go in waves: one workload after the other, one shard after the other', async (test) => {
    const names = ['a', 'b', 'c'];
    const worlds = names.map((name) => new World(() => cluster, 'waves', name));
    const suffixes = ['', '-shard-1'];
    const start = () =>
      cluster.startOperator({ args: ['--max-disrupted-workloads=1', '--prometheus-instance-namespaces=waves'] });
    let operator = await start();
    await cluster.createNamespace('waves');
    for (const { name } of worlds)
      await cluster.api.create(prometheusType, makePrometheus('waves', name, { shards: 2 }));
    for (const world of worlds) {
      await world.whenSynced();
      for (const suffix of suffixes) await eventually('the shard is there', () => world.readStatefulSet(suffix));
      for (const suffix of suffixes) await settle(world, suffix);
    }
    /** Sets with the new image, and whether their pods have it. */
    const look = async (): Promise<{ restarted: string[]; underWay: readonly (readonly [World, string])[] }> => {
      const sets = await Promise.all(
        worlds.flatMap((world) =>
          suffixes.map(async (suffix) => [world, suffix, await world.readStatefulSet(suffix)] as const),
        ),
      );
      const restarted = sets.filter(([, , set]) => hasImage(set));
      const underWay = restarted.filter(
        ([, , { metadata, status }]) => status?.observedGeneration !== metadata.generation,
      );
      return {
        restarted: restarted.map(([, , { metadata }]) => metadata.name ?? ''),
        underWay: underWay.map(([world, suffix]) => [world, suffix]),
      };
    };
    for (const world of worlds) await world.patchSpec({ image });
    for (let done = 0; done < worlds.length * suffixes.length; done += 1) {
      await eventually(`set ${done + 1} restarts`, async () => assert.equal((await look()).restarted.length, done + 1));
      await operator.kill();
      operator = await start();
      await operator.whenReady();
      await operator.whenIdle({ prometheus: worlds.length });
      const { restarted, underWay } = await look();
      assert.equal(restarted.length, done + 1, restarted.join());
      assert.equal(underWay.length, 1);
      for (const [world, suffix] of underWay) await settle(world, suffix);
    }
    for (const world of worlds) await whenNothingPends(world);
    test.diagnostic(
      `${worlds.length * suffixes.length} sets, one at a time, ${worlds.length * suffixes.length} operators killed`,
    );
    await operator.stop();
  });

  it('wait for a maintenance window', async () => {
    const world = new World(() => cluster, 'window');
    const operator = await cluster.startOperator();
    await world.begin();
    const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
    await annotate(world, { 'stoker.dev/maintenance-window': `${inHours(2)}-${inHours(3)}` });
    await world.patchSpec({ image });
    assert.match(await whenPending(world, 'OutsideMaintenanceWindow'), /the maintenance window that opens at 20/);
    assert.notEqual(await world.readImage(), image);
    await annotate(world, { 'stoker.dev/maintenance-window': `${inHours(-1)}-${inHours(1)}` });
    await eventually('the image is there', async () => assert.equal(await world.readImage(), image));
    await whenNothingPends(world);
    await operator.stop();
  });
});

const hasImage = ({ spec }: StatefulSet): boolean => spec.template.spec.containers.some((one) => one.image === image);
