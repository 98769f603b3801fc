import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { podType, statefulSetType, storageClassType, volumeClaimType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject, OwnerReference } from '../../src/api/meta.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { VolumeClaimObject } from '../../src/core/status/volume-claims.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { makeServiceMonitor } from './support/objects.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['kube-controller-manager']);

const makeStorage = (storage: string, storageClassName: string) => ({
  storage: { volumeClaimTemplate: { spec: { storageClassName, resources: { requests: { storage } } } } },
});

/** What is expected to be as it was. */
interface Found {
  readonly pods: string[];
  readonly claims: string[];
}

const holding = 'stoker.test/hold';

/** A Prometheus with volumes; the test plays what binds and expands them, and the kubelet. */
class VolumeWorld extends World {
  claimKey(ordinal: number): string {
    return this.keyOf(`prometheus-main-db-${this.prefix}-${ordinal}`);
  }

  async readClaim(ordinal: number): Promise<VolumeClaimObject> {
    return await this.api.get<VolumeClaimObject>(volumeClaimType, this.claimKey(ordinal));
  }

  async setClaim(ordinal: number, storage: string, conditions: readonly object[] = []): Promise<void> {
    const status = { phase: 'Bound', capacity: { storage }, conditions };
    await this.api.patch(volumeClaimType, this.claimKey(ordinal), { status }, 'status');
  }

  async beginWithVolumes(size: string, className: string, spec: object = {}): Promise<Found> {
    await this.begin({ replicas: 2, ...makeStorage(size, className), ...spec });
    await this.makeReady();
    for (const ordinal of [0, 1]) await eventually('the claim is bound', () => this.setClaim(ordinal, size));
    return await this.find();
  }

  async makeReady(): Promise<void> {
    const conditions = [{ type: 'Ready', status: 'True' }];
    await eventually('both pods are ready', async () => {
      const pods = await this.api.list(podType, this.namespace);
      for (const { metadata } of pods)
        await this.api.patch(
          podType,
          this.keyOf(metadata.name ?? ''),
          { status: { phase: 'Running', conditions } },
          'status',
        );
      const { status } = (await this.readStatefulSet()) as {
        status?: { readyReplicas?: number; updatedReplicas?: number };
      };
      assert.deepEqual([pods.length, status?.readyReplicas, status?.updatedReplicas], [2, 2, 2]);
    });
  }

  async find(): Promise<Found> {
    const nameAll = (all: readonly KubernetesObject[]) =>
      all.map(({ metadata }) => `${metadata.name ?? ''} ${metadata.uid ?? ''}`);
    return {
      pods: nameAll(await this.api.list(podType, this.namespace)),
      claims: nameAll(await this.api.list(volumeClaimType, this.namespace)),
    };
  }

  async readSize(): Promise<unknown> {
    return (await this.readStatefulSet()).spec.volumeClaimTemplates?.[0]?.spec.resources?.requests?.storage;
  }

  async whenAsked(ordinal: number, size: string): Promise<void> {
    await eventually(`claim ${ordinal} is to have ${size}`, async () => {
      assert.equal((await this.readClaim(ordinal)).spec.resources?.requests?.storage, size);
    });
  }

  async whenSaid(reason: string, text: RegExp): Promise<void> {
    await eventually(`VolumesExpanded says ${reason}`, async () => {
      const condition = await this.readCondition('VolumesExpanded');
      assert.deepEqual([condition.status, condition.reason], ['False', reason]);
      assert.match(condition.message ?? '', text);
    });
  }

  async whenNothingIsSaid(): Promise<void> {
    await eventually('there is no VolumesExpanded', async () => {
      const { status } = await this.read();
      assert.ok(
        !status?.conditions?.some(({ type }) => type === 'VolumesExpanded'),
        JSON.stringify(status?.conditions),
      );
    });
  }
}

const ownersOf = (objects: readonly KubernetesObject[]): OwnerReference['uid'][] =>
  objects.flatMap(({ metadata }) => metadata.ownerReferences?.map(({ uid }) => uid) ?? []);

describe('volumes on a real API server', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster({ controllerManager: true });
    for (const [name, allowVolumeExpansion] of [
      ['grows', true],
      ['fixed', false],
    ] as const)
      await cluster.api.create(storageClassType, {
        metadata: { name },
        provisioner: 'example.com/disk',
        allowVolumeExpansion,
      } as KubernetesObject);
  });
  after(() => cluster.stop());

  it('grow without a pod being touched, by operators that are killed at every step', async () => {
    let operator = await cluster.startOperator();
    await operator.whenReady();
    const restart = async (): Promise<void> => {
      await operator.kill();
      operator = await cluster.startOperator();
      await operator.whenReady();
    };
    const world = new VolumeWorld(() => cluster, 'grow');
    await world.beginWithVolumes('50Gi', 'grows', { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } });
    const { uid: first } = (await world.readStatefulSet()).metadata;
    // What `kubectl rollout restart` notes is in no manifest.
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
    await cluster.api.patch(statefulSetType, world.keyOf(world.prefix), {
      spec: { template: { metadata: { annotations } } },
    });
    await world.makeReady();
    const found = await world.find();
    const { updateRevision } = (await world.readStatefulSet()).status ?? {};

    await world.patchSpec(makeStorage('100Gi', 'grows'));
    await world.whenAsked(0, '100Gi');
    await world.whenSaid('VolumesExpanding', /^0 of 2 claims .*-0" is being expanded$/);
    assert.equal((await world.readClaim(1)).spec.resources?.requests?.storage, '50Gi');
    await restart();
    await world.setClaim(0, '50Gi', [{ type: 'ControllerResizeError', status: 'True', message: 'quota exceeded' }]);
    await world.whenSaid('ExpansionFailed', /-0" is being expanded: quota exceeded/);
    await world.setClaim(0, '100Gi');
    await world.whenAsked(1, '100Gi');
    // The set stays until the test lets it go: an operator is killed between its deletion and the next set.
    await cluster.api.patch(statefulSetType, world.keyOf(world.prefix), { metadata: { finalizers: [holding] } });
    await restart();
    await world.setClaim(1, '50Gi', [{ type: 'FileSystemResizePending', status: 'True' }]);
    await eventually('the set is deleted', async () => {
      const { deletionTimestamp, finalizers } = (await world.readStatefulSet()).metadata;
      assert.deepEqual([deletionTimestamp !== undefined, finalizers], [true, [holding]]);
    });
    await operator.kill();
    await cluster.api.patch(statefulSetType, world.keyOf(world.prefix), { metadata: { finalizers: null } });
    const isGone = async () => (await cluster.api.find(statefulSetType, world.keyOf(world.prefix))) === undefined;
    await eventually('the set is gone', isGone);
    assert.deepEqual(await world.find(), found);
    assert.deepEqual(ownersOf(await cluster.api.list(podType, 'grow')), []);

    operator = await cluster.startOperator();
    const next = await eventually('there is another set, which has the pods', async () => {
      const set = await world.readStatefulSet();
      const owners = [
        ...ownersOf(await cluster.api.list(podType, 'grow')),
        ...ownersOf(await cluster.api.list(volumeClaimType, 'grow')),
      ];
      const { status } = set as { status?: { readyReplicas?: number; updatedReplicas?: number } };
      assert.deepEqual(
        owners,
        Array.from({ length: 4 }, () => set.metadata.uid),
      );
      assert.deepEqual([status?.readyReplicas, status?.updatedReplicas], [2, 2]);
      return set;
    });
    assert.notEqual(next.metadata.uid, first);
    assert.equal(await world.readSize(), '100Gi');
    await world.whenNothingIsSaid();
    await world.whenSynced();
    assert.deepEqual(await world.find(), found);
    assert.equal((await world.readStatefulSet()).status?.updateRevision, updateRevision);
    await operator.kill();
  });

  it('are refused a smaller size, and one that their class does not allow: set, pods and claims stay, and all else goes on', async () => {
    const operator = await cluster.startOperator();
    await operator.whenReady();
    const world = new VolumeWorld(() => cluster, 'refused');
    const found = await world.beginWithVolumes('50Gi', 'fixed');
    const { uid } = (await world.readStatefulSet()).metadata;
    await world.patchSpec(makeStorage('20Gi', 'fixed'));
    await world.whenSaid('ShrinkingRefused', /^Cannot shrink .* from "50Gi" to "20Gi"/);
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('refused', 'web'));
    await world.whenJobsAre('web/0');
    await world.patchSpec(makeStorage('100Gi', 'fixed'));
    await world.whenSaid(
      'ClassNotExpandable',
      /StorageClass "fixed" of claim "prometheus-main-db-prometheus-main-0" does not allow it/,
    );
    await world.whenSynced();
    assert.deepEqual(await world.find(), found);
    assert.deepEqual([(await world.readStatefulSet()).metadata.uid, await world.readSize()], [uid, '50Gi']);
    assert.equal(await operator.metric('prometheus_operator_reconcile_sts_delete_create_total'), 0);
    await cluster.api.patch(storageClassType, '/fixed', { allowVolumeExpansion: true });
    await world.patchSpec(makeStorage('101Gi', 'fixed'));
    await world.whenAsked(0, '101Gi');
    await world.patchSpec(makeStorage('50Gi', 'fixed'));
    await world.whenNothingIsSaid();
    await operator.kill();
  });
});
