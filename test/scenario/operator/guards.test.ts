import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertmanagerType } from '../../../src/api/alertmanager.ts';
import { disruptionBudgetType, networkPolicyType } from '../../../src/api/builtin-types.ts';
import type { ResourceType } from '../../../src/api/meta.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import type { NetworkPolicy, PodDisruptionBudget } from '../../../src/core/render/shared/rendered-objects.ts';
import { begin } from './one-prometheus.ts';
import { inWorld, prometheus } from './world.ts';
import type { World } from './world.ts';

const budget = 'stoker.dev/pod-disruption-budget';
const policy = 'stoker.dev/network-policy';
const on = { 'pod-disruption-budgets': ['on'], 'network-policies': ['on'] };
const annotated = { 'pod-disruption-budgets': ['annotated'], 'network-policies': ['annotated'] };

const change = (world: World, annotations: object, spec: object = {}): void => {
  const body = { metadata: { annotations }, spec };
  world.api.patch(
    prometheusType,
    { namespace: 'monitoring', name: 'main' },
    { kind: 'merge', body, fieldManager: 'user' },
  );
};
const listNames = (world: World, type: ResourceType): string =>
  world.api
    .list(type, { namespace: 'monitoring' })
    .items.map(({ metadata }) => metadata.name ?? '')
    .sort()
    .join();
const budgets = (world: World): string => listNames(world, disruptionBudgetType);
const policies = (world: World): string => listNames(world, networkPolicyType);
const read = (world: World, type: ResourceType, name = 'prometheus-main'): unknown =>
  world.api.get(type, { namespace: 'monitoring', name });
const readBudget = (world: World, name?: string) =>
  (read(world, disruptionBudgetType, name) as PodDisruptionBudget).spec;
const readPolicy = (world: World, name?: string) => (read(world, networkPolicyType, name) as NetworkPolicy).spec;
const guarded = (world: World): string => world.condition('Guarded');

describe('guards of workloads that are switched on', () => {
  it('are made for each shard, follow the annotation, and go with their shards and when they are switched off', () =>
    inWorld(async (world) => {
      await begin(world, { shards: 2, replicas: 2 });
      assert.equal(budgets(world), 'prometheus-main,prometheus-main-shard-1');
      assert.equal(policies(world), 'prometheus-main');
      assert.deepEqual(readBudget(world, 'prometheus-main-shard-1'), {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: { ...labels, 'operator.prometheus.io/shard': '1' } },
      });
      assert.deepEqual(readPolicy(world), {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [{ ports: [8080, 9090].map((port) => ({ port, protocol: 'TCP' })) }],
      });
      await world.pass(120_000);
      assert.deepEqual(world.writes, [], 'what is as it should be is not written');

      change(world, { [budget]: 'minAvailable=1', [policy]: 'namespaces=monitoring' });
      await world.until(() => readBudget(world).minAvailable === 1, 'the budget follows');
      assert.equal(readBudget(world).maxUnavailable, undefined);
      await world.until(() => readPolicy(world).ingress.length === 2, 'the policy, too');
      change(world, {}, { shards: 1 });
      await world.until(() => budgets(world) === 'prometheus-main', 'the budget of the shard goes');
      change(world, { [budget]: 'off', [policy]: 'off' });
      await world.until(() => budgets(world) === '' && policies(world) === '', 'all are removed');
      assert.equal(guarded(world), '');
      change(world, { [budget]: null, [policy]: null });
      await world.until(() => budgets(world) !== '' && policies(world) !== '', 'they are there again');
    }, on));

  it('come back when somebody deletes or changes them', () =>
    inWorld(async (world) => {
      await begin(world);
      const name = { namespace: 'monitoring', name: 'prometheus-main' };
      world.api.delete(disruptionBudgetType, name, {});
      await world.until(() => budgets(world) === 'prometheus-main', 'it is made again');
      const body = { spec: { ingress: [{}] } };
      world.api.patch(networkPolicyType, name, { kind: 'merge', body, fieldManager: 'user' });
      const isRight = (): boolean =>
        readPolicy(world).ingress.flatMap(({ ports = [] }: { ports?: unknown[] }) => ports).length === 2;
      await world.until(isRight, 'it is written back');
    }, on));

  it('leave objects of users alone, and say so until they are gone', () =>
    inWorld(async (world) => {
      const spec = { minAvailable: 1, selector: { matchLabels: { mine: 'yes' } } };
      const metadata = { name: 'prometheus-main', namespace: 'monitoring' };
      world.apply({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec });
      await begin(world);
      await world.until(() => guarded(world) !== '', 'it is told');
      assert.equal(
        guarded(world),
        'False GuardNameTaken PodDisruptionBudget "prometheus-main" is there and is not of this workload: it is left as it is; delete it, or set stoker.dev/pod-disruption-budget to "off"',
      );
      assert.deepEqual(readBudget(world), spec);
      await world.pass(180_000);
      const told = world.events.filter(({ reason }) => reason === 'GuardNameTaken');
      assert.deepEqual(
        told.map(({ type }) => type),
        ['Warning'],
        'an Event, once',
      );
      assert.equal(policies(world), 'prometheus-main', 'all else is made');
      assert.match(world.condition('Reconciled'), /^True/);
      change(world, { [budget]: 'off' });
      await world.until(() => guarded(world) === '', 'nothing is to be told');
      assert.equal(budgets(world), 'prometheus-main', 'it is not removed either');
      change(world, { [budget]: null });
      await world.until(() => guarded(world) !== '', 'it is told again');
      world.api.delete(disruptionBudgetType, metadata, {});
      await world.until(() => guarded(world) === '' && budgets(world) === 'prometheus-main', 'ours is made');
      assert.equal(readBudget(world).maxUnavailable, 1);
    }, on));

  it('are not touched by an annotation that cannot be read', () =>
    inWorld(async (world) => {
      await begin(world);
      change(world, { [budget]: '2 pods' });
      await world.until(() => guarded(world).startsWith('False InvalidGuard'), 'it is told');
      assert.match(
        guarded(world),
        /annotation stoker\.dev\/pod-disruption-budget: cannot read "2 pods": want "on", "off"/,
      );
      assert.equal(readBudget(world).maxUnavailable, 1);
      change(world, { [budget]: 'minAvailable=1' });
      await world.until(() => guarded(world).startsWith('True EvictionsBlocked'), 'a drain would wait for ever');
      assert.equal(readBudget(world).minAvailable, 1);
      change(world, {}, { replicas: 2 });
      await world.until(() => guarded(world) === '', 'there are enough');
    }, on));

  it('fail nothing where they are forbidden', () =>
    inWorld(async (world) => {
      const fault = {
        kind: 'status',
        code: 403,
        reason: 'Forbidden',
        message: 'poddisruptionbudgets.policy is forbidden',
      } as const;
      const rule = world.faults.add({ match: { resource: 'poddisruptionbudgets' }, fault });
      await begin(world);
      await world.until(() => guarded(world).startsWith('False GuardNotWritten'), 'it is told');
      assert.match(guarded(world), /Cannot write PodDisruptionBudget "prometheus-main": poddisruptionbudgets\.policy/);
      assert.match(world.condition('Reconciled'), /^True/);
      assert.equal(policies(world), 'prometheus-main');
      assert.equal(world.failures(), 0);
      rule.remove();
      await world.until(() => budgets(world) === 'prometheus-main' && guarded(world) === '', 'it is made');
    }, on));
});

const labels = {
  'app.kubernetes.io/managed-by': 'prometheus-operator',
  'app.kubernetes.io/name': 'prometheus',
  'app.kubernetes.io/instance': 'main',
  'operator.prometheus.io/name': 'main',
  prometheus: 'main',
};

describe('guards of annotated workloads', () => {
  it('are those of the annotated alone', () =>
    inWorld(async (world) => {
      await begin(world);
      world.apply(prometheus('other'));
      await world.until(() => world.condition('Available', 'other').startsWith('True'), 'other is available');
      assert.equal(budgets(world) + policies(world), '');
      change(world, { [budget]: 'on', [policy]: 'on' });
      await world.until(() => budgets(world) === 'prometheus-main' && policies(world) === 'prometheus-main', 'made');
      change(world, { [budget]: null, [policy]: null });
      await world.until(() => budgets(world) + policies(world) === '', 'removed');
    }, annotated));

  it('of an Alertmanager let its peers in', () =>
    inWorld(async (world) => {
      const metadata = { name: 'main', namespace: 'monitoring', annotations: { [policy]: 'namespaces=shop' } };
      const spec = { replicas: 3 };
      world.apply({ apiVersion: 'monitoring.coreos.com/v1', kind: 'Alertmanager', metadata, spec });
      await world.until(() => policies(world) === 'alertmanager-main', 'it is there');
      const [own, others, ...more] = readPolicy(world, 'alertmanager-main').ingress;
      const ports = (rule: typeof own): string =>
        (rule?.ports ?? []).map((one) => `${one.port}/${one.protocol}`).join();
      assert.deepEqual(
        [ports(own), ports(others), more],
        ['8080/TCP,9093/TCP,9094/TCP,9094/UDP', '8080/TCP,9093/TCP', []],
      );
      const body = { spec: { additionalPeers: ['alertmanager.elsewhere.example:9094'] } };
      const name = { namespace: 'monitoring', name: 'main' };
      world.api.patch(alertmanagerType, name, { kind: 'merge', body, fieldManager: 'user' });
      const listRules = () => readPolicy(world, 'alertmanager-main').ingress;
      await world.until(() => listRules().length === 3, 'peers from elsewhere are let in');
      assert.deepEqual(listRules()[2], { ports: ['TCP', 'UDP'].map((protocol) => ({ port: 9094, protocol })) });
    }, annotated));
});

describe('guards that are switched off', () => {
  it('ask for nothing, and an annotation that asks for one is told of', () =>
    inWorld(async (world) => {
      const isOfGuards = ({ group }: { group: string }): boolean => ['policy', 'networking.k8s.io'].includes(group);
      const rule = world.faults.add({ match: { when: isOfGuards }, fault: { kind: 'status', code: 500 } });
      await begin(world);
      assert.equal(guarded(world), '');
      change(world, { [budget]: 'on' });
      await world.until(() => guarded(world) !== '', 'it is told');
      assert.match(guarded(world), /^False GuardsSwitchedOff annotation stoker\.dev\/pod-disruption-budget: "on" asks/);
      change(world, { [budget]: null });
      await world.until(() => guarded(world) === '', 'nothing is asked for any more');
      await world.pass(120_000);
      assert.equal(rule.hits, 0);
    }));
});

describe('guards of pods that wait', () => {
  it('let in what goes to ports that the running pods have', () =>
    inWorld(
      async (world) => {
        const container = (containerPort: number) => [
          { name: 'proxy', image: 'example.org/proxy:v1', ports: [{ containerPort }] },
        ];
        await begin(world, { containers: container(4180) });
        const ports = (): number[] => readPolicy(world).ingress.flatMap((rule) => rule.ports.map(({ port }) => port));
        assert.deepEqual(ports(), [4180, 8080, 9090]);
        change(world, {}, { containers: container(4190) });
        await world.until(() => world.condition('ChangePending').startsWith('True ApprovalMissing'), 'it waits');
        await world.until(() => ports().includes(4190), 'the policy is ahead');
        assert.deepEqual(ports(), [4190, 8080, 9090, 4180]);
        change(world, { 'stoker.dev/disruption': 'allow' });
        await world.until(() => !ports().includes(4180), 'the old port goes with the old pods');
      },
      { ...on, disruption: ['approve'] },
    ));
});
