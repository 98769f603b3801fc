import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { statefulSetType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import type { ConfigResourceStatus } from '../../src/api/parts/status.ts';
import type { ServiceMonitor } from '../../src/api/service-monitor.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { RefusedError } from './support/api.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { makeServiceMonitor } from './support/objects.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['kube-controller-manager']);
const gate = '--feature-gates=StatusForConfigurationResources=true';

const policyType: ResourceType = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingadmissionpolicies',
  kind: 'ValidatingAdmissionPolicy',
  namespaced: false,
};
const policyBindingType: ResourceType = {
  ...policyType,
  plural: 'validatingadmissionpolicybindings',
  kind: 'ValidatingAdmissionPolicyBinding',
};

interface Bound extends KubernetesObject {
  readonly status?: ConfigResourceStatus;
}

describe('what a real API server refuses', () => {
  let cluster: Cluster;
  let operator: Operator;
  before(async () => {
    cluster = await startCluster({ controllerManager: true });
    operator = await cluster.startOperator({ args: [gate] });
    await operator.whenReady();
  });
  after(() => cluster.stop());

  const inNamespace = (namespace: string): World => new World(() => cluster, namespace);
  const countRecreations = (): Promise<number> =>
    operator.metric('prometheus_operator_reconcile_sts_delete_create_total');

  const whenFailed = (world: World, says: RegExp): Promise<void> =>
    eventually('the condition says so', async () => {
      const { status, message } = await world.readCondition('Reconciled');
      assert.equal(status, 'False');
      assert.match(message ?? '', says);
    });

  it('a set with a value that is wrong: the running one stays, and the condition names field and value', async () => {
    const world = inNamespace('wrong');
    await world.begin();
    const before = await world.readStatefulSet();
    await world.patchSpec({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } });
    await whenFailed(world, /containers\[0\]\.resources\.requests: Invalid value: "2Gi"/);
    await world.patchSpec({ podManagementPolicy: 'OrderedReady' });
    await whenFailed(
      world,
      /^Cannot make StatefulSet "prometheus-main" anew.*containers\[0\]\.resources\.requests: Invalid value: "2Gi"/,
    );
    const { metadata, spec } = await world.readStatefulSet();
    assert.deepEqual([metadata.uid, spec], [before.metadata.uid, before.spec]);
    assert.equal(await countRecreations(), 0);
    await world.patchSpec({ resources: null });
    await world.whenSynced();
    const { spec: next } = await eventually('it is made anew once it can be', async () => {
      const set = await world.readStatefulSet();
      assert.notEqual(set.metadata.uid, before.metadata.uid);
      return set;
    });
    assert.equal(next.podManagementPolicy, 'OrderedReady');
    assert.equal(await countRecreations(), 1);
  });

  it('a set that a policy forbids: the running one stays, also when it would have to be made anew', async () => {
    const world = inNamespace('policy');
    await world.begin();
    const { uid } = (await world.readStatefulSet()).metadata;
    const name = 'two-replicas-at-most';
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'policy' } };
    await cluster.api.create(policyType, {
      metadata: { name },
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['statefulsets'] },
          ],
          namespaceSelector,
        },
        validations: [{ expression: 'object.spec.replicas <= 2', message: 'two replicas at most' }],
      },
    } as KubernetesObject);
    const spec = { policyName: name, validationActions: ['Deny'] };
    await cluster.api.create(policyBindingType, { metadata: { name }, spec } as KubernetesObject);
    const before = await countRecreations();
    await eventually('the policy is enforced', async () => {
      const patch = cluster.api.patch(statefulSetType, 'policy/prometheus-main', { spec: { replicas: 3 } });
      return await patch.then(
        () => false,
        (error: unknown) => error instanceof RefusedError,
      );
    });
    await world.patchSpec({ replicas: 3 });
    await whenFailed(world, /^Cannot update StatefulSet "prometheus-main".*two replicas at most/);
    await world.patchSpec({ podManagementPolicy: 'OrderedReady' });
    await whenFailed(world, /^Cannot make StatefulSet "prometheus-main" anew.*two replicas at most/);
    assert.equal((await world.readStatefulSet()).metadata.uid, uid);
    assert.equal(await countRecreations(), before);
  });

  /** Creates the largest ServiceMonitor of the name that etcd takes, to within 100 bytes. */
  async function createLargest(namespace: string, name: string): Promise<ServiceMonitor> {
    for (let size = 1_572_800; ; size -= 100) {
      try {
        const endpoint = { params: { filler: ['x'.repeat(size)] } };
        return await cluster.api.create(serviceMonitorType, makeServiceMonitor(namespace, name, endpoint));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        assert.match(error.message, /too large/);
      }
    }
  }

  it('a binding in a monitor that is as large as etcd allows: the others are written, and the sync is well', async () => {
    const world = inNamespace('large');
    await world.begin();
    const metric = 'prometheus_operator_binding_failures_total';
    const before = await operator.metric(metric);
    await createLargest('large', 'fat');
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('large', 'thin'));
    await eventually('the thin one is bound', async () => {
      const { status } = await cluster.api.get<Bound>(serviceMonitorType, 'large/thin');
      assert.equal(status?.bindings?.[0]?.conditions?.[0]?.status, 'True');
    });
    await eventually('it is told', async () => {
      const { status, reason, message } = await world.readCondition('Reconciled');
      assert.deepEqual([status, reason], ['True', 'BindingsNotWritten'], message);
      assert.match(message ?? '', /ServiceMonitor large\/fat: .*too large/);
    });
    const event = await world.whenWarned('ServiceMonitor', 'fat');
    assert.equal(event.reason, 'BindingNotWritten');
    assert.ok((await operator.metric(metric)) - before < 20);
  });

  it('a Secret by a name of many kilobytes: whoever refers to it is rejected, nobody else', async () => {
    const world = inNamespace('names');
    await world.begin();
    const key = { name: 'x'.repeat(100_000), key: 'password' };
    const traversal = { name: '../../../kube-system/secrets/x', key: 'password' };
    const monitors = [
      makeServiceMonitor('names', 'endless', { authorization: { credentials: key } }),
      makeServiceMonitor('names', 'traversal', { authorization: { credentials: traversal } }),
      makeServiceMonitor('names', 'fine'),
    ];
    for (const monitor of monitors) await cluster.api.create(serviceMonitorType, monitor);
    await world.whenJobsAre('fine/0');
    assert.match(
      (await world.whenWarned('ServiceMonitor', 'endless')).note,
      /Cannot refer to Secret "x+…" \(100000 char/,
    );
    assert.match((await world.whenWarned('ServiceMonitor', 'traversal')).note, /no object can have that name/);
    await world.whenSynced();
  });
});
