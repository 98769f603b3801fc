import assert from 'node:assert/strict';
import { describe } from 'node:test';
import {
  endpointSliceType,
  endpointsType,
  nodeType,
  podType,
  serviceType,
  statefulSetType,
} from '../../src/api/builtin-types.ts';
import type { Node } from '../../src/core/render/kubelet/addresses.ts';
import type { EndpointSlice } from '../../src/core/render/kubelet/endpoint-slices.ts';
import type { Endpoints } from '../../src/core/render/kubelet/kubelet-objects.ts';
import type { Service, StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import type { Pod } from '../../src/core/status/pods.ts';
import { describeWrite } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['kube-controller-manager']);

const nodeCount = 530;
const key = 'kube-system/kubelet';

describe('what is kept for nodes and pods', () => {
  let cluster: Cluster;
  let operator: Operator;
  before(async () => {
    cluster = await startCluster({ controllerManager: true });
    await createNodes();
    operator = await cluster.startOperator({
      args: [
        `--kubelet-service=${key}`,
        '--kubelet-endpointslice=true',
        '--kubelet-sync-period=1s',
        '--kubelet-selector=role!=none',
        '--repair-policy-for-statefulsets=evict',
      ],
    });
    await operator.whenReady();
  });
  after(() => cluster.stop());

  async function createNode(name: string, address: string, labels: Record<string, string> = {}): Promise<void> {
    const node: Node = { metadata: { name, labels } };
    await cluster.api.create(nodeType, node);
    await cluster.api.patch(nodeType, name, { status: { addresses: [{ type: 'InternalIP', address }] } }, 'status');
  }

  async function createNodes(): Promise<void> {
    const indices = Array.from({ length: nodeCount }, (_, index) => index);
    for (let at = 0; at < nodeCount; at += 50) {
      await Promise.all(
        indices.slice(at, at + 50).map((index) => createNode(`node-${index}`, `10.1.${index >> 8}.${index & 255}`)),
      );
    }
    await createNode('left-out', '10.3.3.3', { role: 'none' });
  }

  const listSlices = async (): Promise<EndpointSlice[]> =>
    (await cluster.api.list<EndpointSlice>(endpointSliceType, 'kube-system')).filter(
      ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'kubelet',
    );
  const listAddresses = async (): Promise<string[]> =>
    (await listSlices()).flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses));

  it('a Service, Endpoints and EndpointSlices name every kubelet', async () => {
    await eventually('all addresses are there', async () => assert.equal((await listAddresses()).length, nodeCount));
    const service = await cluster.api.get<Service>(serviceType, key);
    assert.deepEqual(
      [service.spec.clusterIP, service.spec.ports?.map(({ name, port }) => `${name ?? ''} ${port}`)],
      ['None', ['https-metrics 10250', 'cadvisor 4194', 'http-metrics 10255']],
    );
    assert.equal(service.metadata.labels?.['k8s-app'], 'kubelet');
    const slices = await listSlices();
    assert.deepEqual(slices.map(({ endpoints }) => endpoints?.length).sort(), [512, nodeCount - 512].sort());
    assert.ok(slices.every(({ metadata }) => metadata.ownerReferences?.[0]?.uid === service.metadata.uid));
    const { subsets, metadata } = await cluster.api.get<Endpoints>(endpointsType, key);
    assert.equal(subsets?.[0]?.addresses?.length, nodeCount);
    assert.equal(
      subsets[0].addresses.some(({ ip }) => ip === '10.3.3.3'),
      false,
    );
    assert.equal(metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'], 'true');
    assert.equal(await operator.metric('prometheus_operator_kubelet_managed_resource'), 2);
    assert.equal(await operator.metric('prometheus_operator_node_syncs_failed_total'), 0);
  });

  it('follow nodes that come and go, and are not written in between', async () => {
    await cluster.api.remove(nodeType, 'node-7');
    await createNode('late', '10.2.0.1');
    await eventually('the addresses follow', async () => {
      const addresses = await listAddresses();
      assert.deepEqual([addresses.includes('10.1.0.7'), addresses.includes('10.2.0.1')], [false, true]);
    });
    const syncs = () => operator.metric('prometheus_operator_node_syncs_total');
    const [begin, writes] = [await syncs(), cluster.listWrites().map(describeWrite)];
    await eventually('there were two more syncs', async () => (await syncs()) >= begin + 4);
    const isOurs = (write: string): boolean => write.includes('kube-system');
    assert.deepEqual(cluster.listWrites().map(describeWrite).filter(isOurs), writes.filter(isOurs));
  });

  it('a pod that hangs in a revision that nobody wants is evicted', async () => {
    const world = new World(() => cluster, 'repair');
    await world.begin({ podManagementPolicy: 'OrderedReady' });
    const podKey = 'repair/prometheus-main-0';
    const readRevision = async (): Promise<string | undefined> =>
      (await cluster.api.get<Pod>(podType, podKey)).metadata.labels?.['controller-revision-hash'];
    const first = await eventually('the first pod is there', readRevision);
    const conditions = [{ type: 'Ready', status: 'True' }];
    await cluster.api.patch(podType, podKey, { status: { phase: 'Running', conditions } }, 'status');
    await eventually('the set is rolled out', async () => {
      const { status } = await cluster.api.get<StatefulSet>(statefulSetType, 'repair/prometheus-main');
      assert.equal(status?.currentRevision, first);
    });
    await world.patchSpec({ version: 'v3.4.0' });
    const second = await eventually('the pod is of the second revision', async () => {
      const revision = await readRevision();
      assert.notEqual(revision, first);
      return revision;
    });
    await world.patchSpec({ version: 'v3.5.1' });
    await eventually('the pod is of the third revision', async () => {
      const revision = await readRevision();
      assert.ok(revision !== first && revision !== second, revision);
    });
    const evictions = cluster.listWrites().filter(({ resource }) => resource === 'pods/eviction');
    assert.deepEqual(evictions.map(describeWrite), ['create pods/eviction repair/prometheus-main-0 201']);
  });
});
