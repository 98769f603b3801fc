import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { daemonSetType, secretType, serviceType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { ConfigResourceStatus } from '../../../src/api/parts/status.ts';
import { podMonitorType } from '../../../src/api/pod-monitor.ts';
import { prometheusAgentType } from '../../../src/api/prometheus-agent.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

const edge = { namespace: 'monitoring', name: 'edge' };
const workload = { namespace: 'monitoring', name: 'prom-agent-edge' };
const daemonSetGate = { 'feature-gates': ['PrometheusAgentDaemonSet=true'] };
const inShop = { matchLabels: { team: 'shop' } };

const agent = (spec: object): object => ({
  apiVersion: 'monitoring.coreos.com/v1alpha1',
  kind: 'PrometheusAgent',
  metadata: edge,
  spec: { remoteWrite: [{ url: 'http://store/write' }], ...spec },
});

const asStatefulSet = { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: inShop };
const asDaemonSet = { mode: 'DaemonSet', podMonitorSelector: {}, podMonitorNamespaceSelector: inShop };

const podMonitor = (name: string): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name, namespace: 'shop' },
  spec: { selector: {}, podMetricsEndpoints: [{ port: 'web' }] },
});

/** The condition of the agent as "STATUS REASON MESSAGE". */
function condition(world: World, type: string): string {
  const { status } = world.agent();
  const found = status?.conditions?.find((one) => one.type === type);
  return found === undefined ? '' : `${found.status} ${found.reason ?? ''} ${found.message ?? ''}`.trim();
}

const isAvailable = (world: World) => (): boolean => condition(world, 'Available').startsWith('True');
const jobs = (world: World): string[] => world.jobsIn('prom-agent-edge');

describe('the operator with a PrometheusAgent', () => {
  it('writes config, Secrets, Service and StatefulSet once, and then nothing', () =>
    inWorld(async (world) => {
      world.apply(agent(asStatefulSet));
      world.apply(monitor('cart'));
      await world.until(isAvailable(world), 'the agent is available');
      await world.until(() => jobs(world).length === 1, 'the job is there');
      assert.deepEqual(jobs(world), ['serviceMonitor/shop/cart/0']);
      const names = (type: typeof secretType) =>
        world.api.list(type, { namespace: 'monitoring' }).items.map(({ metadata }) => metadata.name);
      assert.deepEqual(names(secretType), [
        'prom-agent-edge',
        'prom-agent-edge-tls-assets-0',
        'prom-agent-edge-web-config',
      ]);
      assert.deepEqual(names(serviceType), ['prometheus-agent-operated']);
      assert.deepEqual(names(statefulSetType), ['prom-agent-edge']);
      await world.pass(2000);
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    }));

  it('shares nothing but the monitors with a Prometheus of the same name', () =>
    inWorld(async (world) => {
      world.apply(prometheus('edge', { ruleSelector: {} }));
      world.apply(agent(asStatefulSet));
      world.apply(monitor('cart'));
      world.apply({
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata: { name: 'rules', namespace: 'monitoring' },
        spec: { groups: [{ name: 'g', rules: [{ record: 'up:sum', expr: 'sum(up)' }] }] },
      });
      const rules = () => world.api.get({ group: '', plural: 'configmaps' }, ruleFile);
      const ruleFile = { namespace: 'monitoring', name: 'prometheus-edge-rulefiles-0' };
      await world.until(() => jobs(world).length === 1 && world.jobs('edge').length === 1, 'both have the job');
      await world.until(() => rules() !== undefined, 'the rules are there');
      assert.doesNotMatch(JSON.stringify(world.api.get(statefulSetType, workload)), /rulefiles/);
      const uid = rules()?.metadata.uid;
      world.apply(monitor('search'));
      await world.until(() => jobs(world).length === 2 && world.jobs('edge').length === 2, 'both have the new job');
      await world.pass(5000);
      assert.equal(rules()?.metadata.uid, uid);
      world.api.delete(prometheusAgentType, edge);
      await world.until(() => world.api.get(statefulSetType, workload) === undefined, 'the agent is gone');
      await world.pass(5000);
      assert.equal(world.jobs('edge').length, 2);
      assert.notEqual(world.statefulSet('prometheus-edge'), undefined);
    }));

  it('tells monitors whether they are accepted, and takes that back before it goes', () =>
    inWorld(
      async (world) => {
        world.apply(agent(asDaemonSet));
        world.apply(podMonitor('cart'));
        const bindings = () => {
          const found = world.api.get(podMonitorType, { namespace: 'shop', name: 'cart' }) as
            (KubernetesObject & { status?: ConfigResourceStatus }) | undefined;
          return (found?.status?.bindings ?? []).map(
            ({ resource, name, conditions }) => `${resource}/${name} ${conditions?.[0]?.status ?? ''}`,
          );
        };
        await world.until(() => bindings().length === 1, 'the binding is there');
        assert.deepEqual(bindings(), ['prometheusagents/edge True']);
        world.api.delete(prometheusAgentType, edge);
        await world.until(() => world.api.get(prometheusAgentType, edge) === undefined, 'the agent is gone');
        assert.deepEqual(bindings(), []);
      },
      { 'feature-gates': ['PrometheusAgentDaemonSet=true,StatusForConfigurationResources=true'] },
    ));

  it('names a rejected monitor in an Event of its own controller', () =>
    inWorld(async (world) => {
      world.apply(agent(asStatefulSet));
      world.apply(monitor('bad', { basicAuth: { username: { name: 'none', key: 'user' } } }));
      await world.until(() => world.events.length > 0, 'the Event is there');
      const [event] = world.events;
      assert.equal(event?.reportingController, 'prometheusagent-controller');
      assert.match(event.note, /"shop\/bad" was rejected .*spec\.endpoints\[0\]\.basicAuth\.username/);
    }));
});

describe('the operator with a PrometheusAgent in DaemonSet mode', () => {
  it('runs it on every node and reports the numbers of the DaemonSet', () =>
    inWorld(async (world) => {
      world.apply(agent(asDaemonSet));
      world.apply(podMonitor('cart'));
      await world.until(isAvailable(world), 'the agent is available');
      await world.until(() => jobs(world).length === 1, 'the job is there');
      assert.deepEqual(jobs(world), ['podMonitor/shop/cart/0']);
      const { replicas, updatedReplicas, availableReplicas, unavailableReplicas } = world.agent().status ?? {};
      assert.deepEqual([replicas, updatedReplicas, availableReplicas, unavailableReplicas], [3, 3, 3, 0]);
      assert.equal(world.api.get(statefulSetType, workload), undefined);
      await world.pass(2000);
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    }, daemonSetGate));

  it('undoes a change of its DaemonSet', () =>
    inWorld(async (world) => {
      world.apply(agent(asDaemonSet));
      await world.until(isAvailable(world), 'the agent is available');
      const seconds = () =>
        (world.api.get(daemonSetType, workload) as { spec?: { minReadySeconds?: number } } | undefined)?.spec
          ?.minReadySeconds ?? 0;
      world.api.patch(daemonSetType, workload, { kind: 'merge', body: { spec: { minReadySeconds: 99 } } });
      assert.equal(seconds(), 99);
      await world.until(() => seconds() === 0, 'it is as it was');
    }, daemonSetGate));

  it('leaves a running DaemonSet as it is when the API server refuses the next one', () =>
    inWorld(async (world) => {
      world.apply(agent(asDaemonSet));
      await world.until(isAvailable(world), 'the agent is available');
      const before = world.api.get(daemonSetType, workload)?.metadata.uid;
      const change = (spec: object) => world.api.patch(prometheusAgentType, edge, { kind: 'merge', body: { spec } });
      change({ volumes: [{ name: 'Not_A_Name', emptyDir: {} }] });
      await world.until(() => condition(world, 'Reconciled').startsWith('False'), 'the condition says so');
      assert.match(condition(world, 'Reconciled'), /DaemonSet "prom-agent-edge".*volumes\[.*"Not_A_Name"/);
      await world.pass(10_000);
      assert.equal(world.api.get(daemonSetType, workload)?.metadata.uid, before);
      assert.equal(world.recreations(), 0);
    }, daemonSetGate));

  it('a change of mode brings the new workload and removes the old one, both ways', () =>
    inWorld(async (world) => {
      const live = (type: typeof daemonSetType) => world.api.get(type, workload) !== undefined;
      world.apply(agent(asStatefulSet));
      await world.until(isAvailable(world), 'the agent is available');
      const change = (spec: object) => world.api.patch(prometheusAgentType, edge, { kind: 'merge', body: { spec } });
      change({ mode: 'DaemonSet', serviceMonitorSelector: null, serviceMonitorNamespaceSelector: null });
      await world.until(() => live(daemonSetType) && !live(statefulSetType), 'it is a DaemonSet');
      await world.until(isAvailable(world), 'the agent is available');
      change({ mode: 'StatefulSet' });
      await world.until(() => live(statefulSetType) && !live(daemonSetType), 'it is a StatefulSet again');
      await world.until(isAvailable(world), 'the agent is available');
    }, daemonSetGate));

  it('says which gate is missing, and runs nothing', () =>
    inWorld(async (world) => {
      world.apply(agent(asDaemonSet));
      await world.until(() => condition(world, 'Reconciled').startsWith('False'), 'the condition says so');
      assert.match(
        condition(world, 'Reconciled'),
        /ReconciliationFailed .*--feature-gates=PrometheusAgentDaemonSet=true/,
      );
      assert.match(condition(world, 'Available'), /^False DaemonSetNotFound/);
      assert.equal(world.api.get(daemonSetType, workload), undefined);
    }));
});

describe('the operator where PrometheusAgents cannot be listed', () => {
  it('goes on with Prometheus', () =>
    inWorld(async (world) => {
      world.faults.add({
        match: { verb: ['list', 'watch'], resource: 'prometheusagents' },
        fault: { kind: 'status', code: 403, reason: 'Forbidden' },
      });
      world.apply(prometheus('main'));
      world.apply(monitor('cart'));
      await world.until(() => world.jobs().length === 1, 'the job is there');
      await world.until(() => world.condition('Available').startsWith('True'), 'main is available');
    }));
});
