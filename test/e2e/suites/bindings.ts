import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { alertmanagerConfigType } from '../../../src/api/alertmanager-config.ts';
import type { ConfigResourceStatus } from '../../../src/api/parts/status.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { prometheusRuleType } from '../../../src/api/prometheus-rule.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import type { PodTemplate } from '../../../src/core/render/shared/rendered-objects.ts';
import type { AlertingSubject } from '../support/alerting-subjects.ts';
import { alertmanagers, thanosRulers } from '../support/alerting-subjects.ts';
import { loadWritten } from '../support/alertmanager-process.ts';
import { describeWrite } from '../support/audit.ts';
import type { Cluster, OperatorSettings } from '../support/cluster.ts';
import { startCluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import type { AccessMode } from '../support/identity.ts';
import { installAs, serviceAccountUser, strict } from '../support/identity.ts';
import { makePrometheus, makeRule, makeServiceMonitor } from '../support/objects.ts';
import { findContainer } from '../support/pod-files.ts';
import { planSuite } from '../support/suite.ts';
import { WorkloadWorld } from '../support/workload-world.ts';
import { World } from '../support/world.ts';

const gate = '--feature-gates=StatusForConfigurationResources=true';
const finalizer = 'monitoring.coreos.com/status-cleanup';

interface Bound extends KubernetesObject {
  readonly status?: ConfigResourceStatus;
}

/** The gate StatusForConfigurationResources. @param mode the operator's permissions, and nothing else. */
export function describeBindings(title: string, mode: AccessMode): void {
  const { it, before, after } = planSuite();

  describe(title, () => {
    let cluster: Cluster;
    let install: OperatorSettings = {};
    /** Of the pods of the Alertmanager, which is gone in the end. */
    let template: PodTemplate | undefined;
    before(async () => {
      cluster = await startCluster(strict);
      install = await installAs(cluster, mode, { namespaces: ['shop'], features: ['bindings'] });
      const operator = await cluster.startOperator({ ...install, args: [...(install.args ?? []), gate] });
      await operator.whenReady();
    });
    after(() => cluster.stop());

    /** "resource/name status" of each binding of the object. */
    async function listBindings(type: ResourceType, key: string): Promise<string[]> {
      const { status } = await cluster.api.get<Bound>(type, key);
      return (status?.bindings ?? []).map(({ resource, name, conditions = [] }) => {
        const verdicts = conditions.map((condition) => condition.status);
        return `${resource}/${name} ${verdicts.join(' ')}`;
      });
    }
    const whenBound = (type: ResourceType, key: string, ...bindings: readonly string[]): Promise<void> =>
      eventually(`${key} is bound to ${bindings.join(', ') || 'nothing'}`, async () => {
        assert.deepEqual((await listBindings(type, key)).sort(), bindings);
      });
    const listFinalizers = async (name: string, type = prometheusType): Promise<string[]> =>
      (await cluster.api.get(type, `shop/${name}`)).metadata.finalizers ?? [];
    const worldOf = (subject: AlertingSubject): WorkloadWorld => new WorkloadWorld(() => cluster, subject, 'shop');

    it('tells each object which Prometheus accepts or rejects it', async () => {
      await new World(() => cluster, 'shop').begin();
      await cluster.api.create(serviceMonitorType, makeServiceMonitor('shop', 'web'));
      const broken = makeServiceMonitor('shop', 'broken', { relabelings: [{ regex: '(' }] });
      await cluster.api.create(serviceMonitorType, broken);
      await cluster.api.create(prometheusRuleType, makeRule('shop', 'rules', 'sum(up)'));
      await whenBound(serviceMonitorType, 'shop/web', 'prometheuses/main True');
      await whenBound(serviceMonitorType, 'shop/broken', 'prometheuses/main False');
      await whenBound(prometheusRuleType, 'shop/rules', 'prometheuses/main True');
      const { status } = await cluster.api.get<Bound>(serviceMonitorType, 'shop/broken');
      const [condition] = status?.bindings?.[0]?.conditions ?? [];
      assert.equal(condition?.reason, 'InvalidConfiguration');
      assert.match(condition.message ?? '', /relabelings\[0\]/);
      assert.deepEqual(await listFinalizers('main'), [finalizer]);
    });

    it('keeps the bindings of several Prometheus objects apart', async () => {
      const other = makePrometheus('shop', 'other', { serviceMonitorSelector: { matchLabels: { team: 'a' } } });
      await cluster.api.create(prometheusType, other);
      await cluster.api.patch(serviceMonitorType, 'shop/web', { metadata: { labels: { team: 'a' } } });
      await whenBound(serviceMonitorType, 'shop/web', 'prometheuses/main True', 'prometheuses/other True');
      await whenBound(serviceMonitorType, 'shop/broken', 'prometheuses/main False');
    });

    it('takes the binding back when the object is not selected any more', async () => {
      await cluster.api.patch(serviceMonitorType, 'shop/web', { metadata: { labels: { team: null } } });
      await whenBound(serviceMonitorType, 'shop/web', 'prometheuses/main True');
      const serviceMonitorSelector = { matchLabels: { team: 'b' } };
      await cluster.api.patch(prometheusType, 'shop/main', { spec: { serviceMonitorSelector } });
      await whenBound(serviceMonitorType, 'shop/web');
      await whenBound(serviceMonitorType, 'shop/broken');
    });

    it('takes all bindings back before a deleted Prometheus goes', async () => {
      await whenBound(prometheusRuleType, 'shop/rules', 'prometheuses/main True', 'prometheuses/other True');
      await cluster.api.remove(prometheusType, 'shop/main');
      await eventually('it is gone', async () => (await cluster.api.find(prometheusType, 'shop/main')) === undefined);
      assert.deepEqual(await listBindings(prometheusRuleType, 'shop/rules'), ['prometheuses/other True']);
    });

    it('tells AlertmanagerConfigs and rules which Alertmanager and ThanosRuler accept or reject them', async () => {
      for (const subject of [alertmanagers, thanosRulers]) {
        await worldOf(subject).begin();
        await cluster.api.create(subject.selected, subject.makeSelected('shop', 'own'));
        await cluster.api.create(subject.selected, subject.makeBroken('shop', 'wrong'));
      }
      await whenBound(alertmanagerConfigType, 'shop/own', 'alertmanagers/main True');
      await whenBound(alertmanagerConfigType, 'shop/wrong', 'alertmanagers/main False');
      await whenBound(prometheusRuleType, 'shop/own', 'prometheuses/other True', 'thanosrulers/main True');
      await whenBound(prometheusRuleType, 'shop/wrong', 'prometheuses/other False', 'thanosrulers/main False');
      ({ template } = (await worldOf(alertmanagers).readStatefulSet()).spec);
      const { status } = await cluster.api.get<Bound>(alertmanagerConfigType, 'shop/wrong');
      const [condition] = status?.bindings?.[0]?.conditions ?? [];
      assert.match(condition?.message ?? '', /receivers\[0\]\.webhookConfigs\[0\]\.url/);
      assert.deepEqual(await listFinalizers('main', alertmanagers.type), [finalizer]);
      assert.deepEqual(await listFinalizers('main', thanosRulers.type), [finalizer]);
    });

    it('takes these back when they are not selected any more, and before their workloads go', async () => {
      const none = { matchLabels: { team: 'none' } };
      await worldOf(alertmanagers).patchSpec({ alertmanagerConfigSelector: none });
      await whenBound(alertmanagerConfigType, 'shop/own');
      await whenBound(alertmanagerConfigType, 'shop/wrong');
      await worldOf(alertmanagers).patchSpec({ alertmanagerConfigSelector: { matchLabels: null } });
      await whenBound(alertmanagerConfigType, 'shop/own', 'alertmanagers/main True');
      for (const subject of [alertmanagers, thanosRulers]) {
        const world = worldOf(subject);
        await world.remove();
        const isGone = async () => (await cluster.api.find(subject.type, world.keyOf('main'))) === undefined;
        await eventually(`${subject.type.kind} is gone`, isGone);
      }
      assert.deepEqual(await listBindings(alertmanagerConfigType, 'shop/own'), []);
      assert.deepEqual(await listBindings(alertmanagerConfigType, 'shop/wrong'), []);
      assert.deepEqual(await listBindings(prometheusRuleType, 'shop/own'), ['prometheuses/other True']);
    });

    it('never wrote a configuration that a real Alertmanager does not load', async (test) => {
      assert.ok(template !== undefined, 'there was an Alertmanager');
      const { loaded, refused } = await loadWritten(cluster, findContainer(template, 'config-reloader'));
      test.diagnostic(`${loaded} configurations loaded, ${refused.length} refused`);
      assert.deepEqual(refused, []);
      assert.ok(loaded >= 2, `${loaded} configurations`);
    });

    it('lets go of the finalizer when the gate is closed', async () => {
      assert.deepEqual(await listFinalizers('other'), [finalizer]);
      await cluster.stopOperators();
      await cluster.startOperator(install);
      await eventually('the finalizer is gone', async () => assert.deepEqual(await listFinalizers('other'), []));
      await cluster.api.remove(prometheusType, 'shop/other');
      assert.equal(await cluster.api.find(prometheusType, 'shop/other'), undefined);
    });

    it('never sent a request that was refused', () => {
      const refused = cluster.listRequests(serviceAccountUser).filter(({ code }) => code === 403);
      assert.deepEqual(refused.map(describeWrite), []);
      return Promise.resolve();
    });
  });
}
