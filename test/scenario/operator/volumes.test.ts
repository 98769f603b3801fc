import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { podType, statefulSetType, storageClassType, volumeClaimType } from '../../../src/api/builtin-types.ts';
import type { StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import type { VolumeClaimObject } from '../../../src/core/status/volume-claims.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

const set = { namespace: 'monitoring', name: 'prometheus-main' };

const addClass = (world: World, name: string, allowVolumeExpansion: boolean, provisioner = 'example.com/disk'): void =>
  world.apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner,
    allowVolumeExpansion,
  });

const withStorage = (size: string, storageClassName = 'disk', spec: object = {}): object =>
  prometheus('main', {
    replicas: 3,
    storage: { volumeClaimTemplate: { spec: { storageClassName, resources: { requests: { storage: size } } } } },
    ...spec,
  });

const listClaims = (world: World): VolumeClaimObject[] =>
  world.api.list(volumeClaimType, { namespace: 'monitoring' }).items as unknown as VolumeClaimObject[];

const sizes = (world: World): string[] =>
  listClaims(world).map(
    ({ spec, status }) => `${spec.resources?.requests?.storage ?? ''} ${status?.capacity?.storage ?? ''}`,
  );

const listPods = (world: World): string[] =>
  world.api
    .list(podType, { namespace: 'monitoring' })
    .items.map(({ metadata }) => `${metadata.name ?? ''} ${metadata.uid ?? ''}`);

const readSet = (world: World): StatefulSet | undefined => world.statefulSet() as StatefulSet | undefined;
const sizeOf = (one: StatefulSet | undefined): unknown =>
  one?.spec.volumeClaimTemplates?.[0]?.spec.resources?.requests?.storage;

async function begin(world: World, object: object): Promise<{ uid: string | undefined; pods: string[] }> {
  world.apply(object);
  await world.until(() => world.condition('Available').startsWith('True'), 'it is available');
  await world.pass(1000);
  return { uid: world.statefulSet()?.metadata.uid, pods: listPods(world) };
}

/** Plays the driver of volumes that nobody else looks after. */
function answer(world: World, name: string, status: object): void {
  const claim = world.api.get(volumeClaimType, { namespace: 'monitoring', name }) as unknown as VolumeClaimObject;
  const next = { ...claim, status: { ...claim.status, ...status } };
  world.api.updateStatus(volumeClaimType, next);
}

const claimOf = (ordinal: number): string => `prometheus-main-db-prometheus-main-${ordinal}`;

describe('a larger storage request', () => {
  it('expands one claim after the other, and makes the set anew around its pods', () =>
    inWorld(async (world) => {
      addClass(world, 'disk', true);
      const { uid, pods } = await begin(world, withStorage('10Gi'));
      // As `kubectl rollout restart` does: what it notes is in no manifest.
      const note = {
        template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' } } },
      };
      world.api.patch(statefulSetType, set, { kind: 'merge', body: { spec: note } });
      await world.until(
        () => listPods(world).every((pod) => !pods.includes(pod)) && listPods(world).length === 3,
        'they restart',
      );
      await world.until(() => world.condition('Available').startsWith('True'), 'it is available again');
      const [running, revision] = [listPods(world), readSet(world)?.status?.updateRevision];
      world.apply(withStorage('20Gi'));
      const seen = new Set<string>();
      await world.until(() => {
        seen.add(sizes(world).join(', '));
        return sizeOf(readSet(world)) === '20Gi';
      }, 'the set has the new size');
      assert.deepEqual(
        [...seen].filter((one) => one.split('20Gi 10Gi').length > 2),
        [],
        'never two at once',
      );
      assert.deepEqual(sizes(world), ['20Gi 20Gi', '20Gi 20Gi', '20Gi 20Gi']);
      await world.until(() => world.condition('Available').startsWith('True'), 'it is available');
      await world.pass(5000);
      assert.notEqual(world.statefulSet()?.metadata.uid, uid);
      assert.deepEqual(listPods(world), running);
      assert.equal(readSet(world)?.status?.updateRevision, revision);
      assert.equal(world.condition('VolumesExpanded'), '');
      assert.equal(world.recreations(), 0);
    }));

  it('says how far it is, and what the driver says', () =>
    inWorld(async (world) => {
      addClass(world, 'disk', true, 'kubernetes.io/no-provisioner');
      const { uid } = await begin(world, withStorage('10Gi'));
      world.apply(withStorage('20Gi'));
      const says = (text: string) => world.until(() => world.condition('VolumesExpanded').includes(text), text);
      await says('False VolumesExpanding 0 of 3 claims of StatefulSet "prometheus-main" are "20Gi"');
      const time = { status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' };
      answer(world, claimOf(0), { capacity: { storage: '20Gi' } });
      await says(`1 of 3 claims of StatefulSet "prometheus-main" are "20Gi", "${claimOf(1)}" is being expanded`);
      answer(world, claimOf(1), {
        conditions: [{ type: 'ControllerResizeError', message: 'quota of 40Gi exceeded', ...time }],
      });
      await says(
        `False ExpansionFailed 1 of 3 claims of StatefulSet "prometheus-main" are "20Gi", "${claimOf(1)}" is being expanded: quota of 40Gi exceeded`,
      );
      await world.pass(20_000);
      assert.deepEqual(sizes(world), ['20Gi 20Gi', '20Gi 10Gi', '10Gi 10Gi'], 'the third waits');
      assert.equal(world.statefulSet()?.metadata.uid, uid);
      assert.deepEqual(
        world.events.map(({ reason }) => reason).filter((one) => one === 'ExpansionFailed'),
        ['ExpansionFailed'],
      );
      // The kubelet grows the file system: the next one need not wait for that.
      answer(world, claimOf(1), { conditions: [{ type: 'FileSystemResizePending', ...time }] });
      await says(`2 of 3 claims of StatefulSet "prometheus-main" are "20Gi", "${claimOf(2)}"`);
      answer(world, claimOf(2), { capacity: { storage: '20Gi' } });
      await world.until(
        () => world.condition('VolumesExpanded') === '' && sizeOf(readSet(world)) === '20Gi',
        'it is done',
      );
    }));

  it('holds up nothing else meanwhile; what restarts pods comes before the set is made anew', () =>
    inWorld(async (world) => {
      addClass(world, 'disk', true, 'kubernetes.io/no-provisioner');
      const { uid, pods } = await begin(world, withStorage('10Gi'));
      world.apply(withStorage('20Gi', 'disk', { logLevel: 'debug', replicas: 1 }));
      world.apply(monitor('cart'));
      await world.until(() => world.jobs().length === 1, 'the job is there');
      await world.until(
        () => listPods(world).length === 1 && !pods.includes(listPods(world)[0] ?? ''),
        'one pod, restarted',
      );
      assert.equal(world.statefulSet()?.metadata.uid, uid);
      assert.equal(sizeOf(readSet(world)), '10Gi');
      const running = listPods(world);
      answer(world, claimOf(0), { capacity: { storage: '20Gi' } });
      await world.until(() => sizeOf(readSet(world)) === '20Gi', 'the set has the new size');
      await world.pass(5000);
      assert.deepEqual(listPods(world), running);
    }));

  it('waits with other fields that cannot be changed in place until the claims are expanded', () =>
    inWorld(async (world) => {
      addClass(world, 'disk', true, 'kubernetes.io/no-provisioner');
      const { uid } = await begin(world, withStorage('10Gi', 'disk', { replicas: 1 }));
      world.apply(withStorage('20Gi', 'disk', { replicas: 1, podManagementPolicy: 'OrderedReady' }));
      await world.until(
        () => world.condition('Reconciled').includes('Waiting to make StatefulSet "prometheus-main" anew'),
        'it waits',
      );
      assert.equal(world.statefulSet()?.metadata.uid, uid);
      answer(world, claimOf(0), { capacity: { storage: '20Gi' } });
      await world.until(() => sizeOf(readSet(world)) === '20Gi', 'the set has the new size');
      assert.equal(readSet(world)?.spec.podManagementPolicy, 'OrderedReady');
      assert.equal(world.recreations(), 1);
    }));

  it('goes on where another operator was killed: the set is gone, its pods wait', () =>
    inWorld(async (world) => {
      addClass(world, 'disk', true);
      await begin(
        world,
        withStorage('10Gi', 'disk', { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }),
      );
      const note = { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' } } };
      world.api.patch(statefulSetType, set, { kind: 'merge', body: { spec: { template: note } } });
      await world.pass(20_000);
      const [running, claims] = [listPods(world), listClaims(world).map(({ metadata }) => metadata.uid)];
      world.loseLease();
      world.api.delete(statefulSetType, set, { propagationPolicy: 'Orphan' });
      await world.until(() => world.statefulSet() === undefined, 'it is gone');
      await world.pass(5000);
      world.keepLease();
      await world.until(
        () => world.condition('Available').startsWith('True') && world.statefulSet() !== undefined,
        'it is back',
      );
      await world.pass(5000);
      assert.deepEqual(listPods(world), running);
      assert.deepEqual(
        listClaims(world).map(({ metadata }) => metadata.uid),
        claims,
      );
    }));
});

describe('a storage request that cannot be had', () => {
  it('a smaller one: set and claims stay, and all else goes on', () =>
    inWorld(async (world) => {
      addClass(world, 'disk', true);
      const { uid, pods } = await begin(world, withStorage('20Gi'));
      world.apply(withStorage('10Gi'));
      world.apply(monitor('cart'));
      await world.until(() => world.condition('VolumesExpanded') !== '', 'it is said');
      assert.match(
        world.condition('VolumesExpanded'),
        /^False ShrinkingRefused Cannot shrink .* from "20Gi" to "10Gi"/,
      );
      await world.until(() => world.jobs().length === 1, 'the job is there');
      await world.pass(20_000);
      assert.deepEqual([world.statefulSet()?.metadata.uid, listPods(world)], [uid, pods]);
      assert.match(world.condition('Reconciled'), /^True/);
      assert.deepEqual(
        world.events.map(({ reason }) => reason).filter((one) => one === 'ShrinkingRefused'),
        ['ShrinkingRefused'],
      );
      world.apply(withStorage('10Gi', 'disk', { replicas: 2 }));
      await world.until(() => listPods(world).length === 2, 'one pod less');
      world.apply(withStorage('20Gi', 'disk', { replicas: 2 }));
      await world.until(() => world.condition('VolumesExpanded') === '', 'it is no condition any more');
      assert.equal(world.statefulSet()?.metadata.uid, uid);
    }));

  it('a class that does not allow it is named, until it does', () =>
    inWorld(async (world) => {
      addClass(world, 'disk', false);
      const { uid, pods } = await begin(world, withStorage('10Gi'));
      world.apply(withStorage('20Gi'));
      const expected = `StorageClass "disk" of claim "${claimOf(0)}" does not allow it`;
      await world.until(() => world.condition('VolumesExpanded').includes(expected), 'it is said');
      assert.match(world.condition('VolumesExpanded'), /^False ClassNotExpandable /);
      assert.deepEqual([world.statefulSet()?.metadata.uid, listPods(world)], [uid, pods]);
      world.api.patch(
        storageClassType,
        { namespace: '', name: 'disk' },
        { kind: 'merge', body: { allowVolumeExpansion: true } },
      );
      await world.until(() => sizeOf(readSet(world)) === '20Gi', 'the set has the new size');
      assert.deepEqual(listPods(world), pods);
    }));

  it('a claim without a class is named', () =>
    inWorld(async (world) => {
      await begin(
        world,
        prometheus('main', {
          storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '10Gi' } } } } },
        }),
      );
      world.apply(
        prometheus('main', {
          storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '20Gi' } } } } },
        }),
      );
      await world.until(
        () => world.condition('VolumesExpanded').includes(`claim "${claimOf(0)}" has no StorageClass`),
        'it is said',
      );
    }));
});

describe('claims of others', () => {
  it('those of retained shards, and of a name that only begins like them, are left alone', () =>
    inWorld(
      async (world) => {
        addClass(world, 'disk', true);
        const spec = { replicas: 1, shards: 2, shardRetentionPolicy: { whenScaled: 'Retain' } };
        await begin(world, withStorage('10Gi', 'disk', spec));
        const body = {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: claimOf(10), namespace: 'monitoring' },
        };
        const other = {
          ...body,
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
        };
        world.apply(other);
        world.apply(withStorage('10Gi', 'disk', { ...spec, shards: 1 }));
        await world.pass(5000);
        world.apply(withStorage('20Gi', 'disk', { ...spec, shards: 1 }));
        await world.until(() => sizeOf(readSet(world)) === '20Gi', 'the set has the new size');
        await world.pass(5000);
        const byName = Object.fromEntries(
          listClaims(world).map(({ metadata, spec: { resources } }) => [
            metadata.name ?? '',
            resources?.requests?.storage,
          ]),
        );
        assert.deepEqual(byName, {
          [claimOf(0)]: '20Gi',
          [claimOf(10)]: '10Gi',
          'prometheus-main-db-prometheus-main-shard-1-0': '10Gi',
        });
      },
      { 'feature-gates': ['PrometheusShardRetentionPolicy=true'] },
    ));
});
