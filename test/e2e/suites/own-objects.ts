/** What becomes of the objects that are the operator's own: made anew, taken away, set right. */
import assert from 'node:assert/strict';
import { secretType, serviceType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { Cluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import type { Operator } from '../support/operator.ts';
import type { Suite } from '../support/suite.ts';
import type { World } from '../support/world.ts';

interface Scene {
  readonly it: Suite['it'];
  readonly inNamespace: (namespace: string) => World;
  readonly addMonitor: (world: World, name: string) => Promise<unknown>;
  readonly cluster: () => Cluster;
  readonly operator: () => Operator;
}

export function testOwnObjects({ it, inNamespace, addMonitor, cluster, operator }: Scene): void {
  it('deletes a StatefulSet and makes it anew when a field is immutable', async () => {
    const world = inNamespace('immutable');
    await world.begin({ podManagementPolicy: 'Parallel' });
    const metric = 'prometheus_operator_reconcile_sts_delete_create_total';
    const { uid: first } = (await world.readStatefulSet()).metadata;
    const before = await operator().metric(metric);
    await world.patchSpec({ podManagementPolicy: 'OrderedReady' });
    const second = await eventually('there is another StatefulSet', async () => {
      const { metadata, spec } = await world.readStatefulSet();
      assert.notEqual(metadata.uid, first);
      assert.equal(spec.podManagementPolicy, 'OrderedReady');
      return metadata.uid;
    });
    await world.whenSynced();
    assert.equal((await operator().metric(metric)) - before, 1);

    const { metadata: service, ...rest } = makeService('immutable', 'own');
    await cluster().api.create(serviceType, { metadata: service, ...rest });
    await world.patchSpec({ serviceName: 'own' });
    await eventually('the next one has the other Service', async () => {
      const { metadata, spec } = await world.readStatefulSet();
      assert.notEqual(metadata.uid, second);
      assert.equal(spec.serviceName, 'own');
    });
    await world.whenSynced();
    assert.equal((await operator().metric(metric)) - before, 2);
  });

  it('removes the shards that are too many', async () => {
    const world = inNamespace('shards');
    await world.begin({ shards: 3 });
    const listSets = async (): Promise<(string | undefined)[]> =>
      (await cluster().api.list(statefulSetType, 'shards')).map(({ metadata }) => metadata.name).sort();
    assert.deepEqual(await listSets(), ['prometheus-main', 'prometheus-main-shard-1', 'prometheus-main-shard-2']);
    const { uid } = (await world.readStatefulSet()).metadata;
    await world.patchSpec({ shards: 1 });
    await eventually('one is left', async () => {
      assert.deepEqual(await listSets(), ['prometheus-main']);
    });
    await eventually('the status shows one', async () => {
      const { status } = await world.readPrometheus();
      assert.deepEqual([status?.shards, status?.shardStatuses?.length], [1, 1]);
    });
    assert.equal((await world.readStatefulSet()).metadata.uid, uid);
  });

  it('undoes what was changed in a StatefulSet by hand', async () => {
    const world = inNamespace('by-hand');
    await world.begin({ resources: { requests: { cpu: '100m', memory: '400Mi' } } });
    const key = 'by-hand/prometheus-main';
    const wanted = (await world.readStatefulSet()).spec;
    const containers = structuredClone(wanted.template.spec.containers).map((container) =>
      container.name === 'prometheus'
        ? { ...container, image: 'example.org/other:v1', resources: { requests: { cpu: '2' }, limits: { cpu: '4' } } }
        : container,
    );
    await cluster().api.patch(statefulSetType, key, { spec: { replicas: 5, template: { spec: { containers } } } });
    await eventually('it is as it was', async () => assert.deepEqual((await world.readStatefulSet()).spec, wanted));
  });

  it('gives a StatefulSet its labels back', async () => {
    const world = inNamespace('labels');
    await world.begin();
    const { uid, labels = {} } = (await world.readStatefulSet()).metadata;
    const none = Object.fromEntries(Object.keys(labels).map((label) => [label, null]));
    await cluster().api.patch(statefulSetType, 'labels/prometheus-main', { metadata: { labels: none } });
    await eventually('it has them', async () => {
      assert.deepEqual((await world.readStatefulSet()).metadata.labels, labels);
    });
    assert.equal((await world.readStatefulSet()).metadata.uid, uid);
  });

  it('undoes what was changed in the config Secret by hand, and makes a deleted one anew', async () => {
    const world = inNamespace('config');
    await world.begin();
    await addMonitor(world, 'web');
    const wanted = await world.whenJobsAre('web/0');
    const key = 'config/prometheus-main';
    await cluster().api.patch(secretType, key, { data: { 'prometheus.yaml.gz': null }, stringData: { more: 'text' } });
    await eventually('it is as it was', async () => {
      const { data = {} } = await cluster().api.get<{ metadata: object; data?: object }>(secretType, key);
      assert.deepEqual(Object.keys(data), ['prometheus.yaml.gz']);
      assert.equal(await world.readConfig(), wanted);
    });
    await cluster().api.remove(secretType, key);
    await eventually('it is there again', async () => assert.equal(await world.readConfig(), wanted));
  });
}

/** A Service that fits the pods of the Prometheus "main", as spec.serviceName asks for. */
function makeService(namespace: string, name: string) {
  return {
    metadata: { namespace, name },
    spec: {
      clusterIP: 'None',
      ports: [{ name: 'web', port: 9090 }],
      selector: { 'app.kubernetes.io/name': 'prometheus', prometheus: 'main' },
    },
  };
}
