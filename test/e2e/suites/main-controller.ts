import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { configMapType, secretType, serviceType, statefulSetType } from '../../../src/api/builtin-types.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { prometheusRuleType } from '../../../src/api/prometheus-rule.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import type { ConfigMap, StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import { describeWrite } from '../support/audit.ts';
import type { Cluster } from '../support/cluster.ts';
import { startCluster } from '../support/cluster.ts';
import { assertValidConfigs } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import type { AccessMode } from '../support/identity.ts';
import { installAs, serviceAccountUser, strict } from '../support/identity.ts';
import { makePrometheus, makeRule, makeSecret, makeServiceMonitor } from '../support/objects.ts';
import type { Operator } from '../support/operator.ts';
import { planSuite } from '../support/suite.ts';
import { World } from '../support/world.ts';
import { testOwnObjects } from './own-objects.ts';

/** Namespaces that the tests use, each its own. */
const namespaces = [
  'create',
  'update',
  'monitors',
  'invalid',
  'rules',
  'secrets',
  'immutable',
  'shards',
  'by-hand',
  'labels',
  'config',
  'paused',
  'failed',
  'delete',
  'shared',
];

/** The main controllers against a real API server. @param mode the operator's permissions, and nothing else. */
export function describeMainController(title: string, mode: AccessMode): void {
  const { it, before, after } = planSuite(['kube-controller-manager', 'promtool']);

  describe(title, () => {
    let cluster: Cluster;
    let operator: Operator;
    before(async () => {
      cluster = await startCluster({ controllerManager: true, ...strict });
      const install = await installAs(cluster, mode, { namespaces });
      operator = await cluster.startOperator(install);
      await operator.whenReady();
    });
    after(() => cluster.stop());

    const inNamespace = (namespace: string): World => new World(() => cluster, namespace);
    const addMonitor = (world: World, name: string, endpoint = {}) =>
      cluster.api.create(serviceMonitorType, makeServiceMonitor(world.namespace, name, endpoint));
    const removeMonitor = (world: World, name: string) => cluster.api.remove(serviceMonitorType, world.keyOf(name));
    const imageOf = ({ spec }: StatefulSet) =>
      spec.template.spec.containers.find(({ name }) => name === 'prometheus')?.image;

    it('makes everything that a Prometheus needs, owned by it', async () => {
      const world = inNamespace('create');
      const { metadata } = await world.begin({ shards: 2 });
      await addMonitor(world, 'web');
      await cluster.api.create(prometheusRuleType, makeRule('create', 'rules', 'sum(up)'));
      await world.whenJobsAre('web/0');
      const children = await eventually('all objects are there', async () => {
        const all = await world.listChildren();
        assert.deepEqual(Object.keys(all).sort(), [
          'ConfigMap prometheus-main-rulefiles-0',
          'Secret prometheus-main',
          'Secret prometheus-main-thanos-prometheus-http-client-file',
          'Secret prometheus-main-tls-assets-0',
          'Secret prometheus-main-web-config',
          'Service prometheus-operated',
          'StatefulSet prometheus-main',
          'StatefulSet prometheus-main-shard-1',
        ]);
        return all;
      });
      for (const [what, child] of Object.entries(children)) {
        const [owner] = child.metadata.ownerReferences ?? [];
        assert.deepEqual([owner?.apiVersion, owner?.uid], ['monitoring.coreos.com/v1', metadata.uid], what);
      }
      await eventually('the rule is in its ConfigMap', async () => {
        const rules = await cluster.api.get<ConfigMap>(configMapType, 'create/prometheus-main-rulefiles-0');
        assert.match(JSON.stringify(rules.data), /job:up:sum/);
      });
    });

    it('brings a new image and new replicas to the StatefulSet', async () => {
      const world = inNamespace('update');
      await world.begin({ version: 'v3.4.0' });
      await world.patchSpec({ version: 'v3.5.1', replicas: 3 });
      await eventually('the StatefulSet has both', async () => {
        const statefulSet = await world.readStatefulSet();
        assert.equal(imageOf(statefulSet), 'quay.io/prometheus/prometheus:v3.5.1');
        assert.equal(statefulSet.spec.replicas, 3);
      });
      await world.whenSynced();
    });

    it('adds the job of a new ServiceMonitor and drops that of a deleted one', async () => {
      const world = inNamespace('monitors');
      await world.begin();
      await addMonitor(world, 'web');
      await addMonitor(world, 'api');
      await world.whenJobsAre('api/0', 'web/0');
      await removeMonitor(world, 'api');
      await world.whenJobsAre('web/0');
      await cluster.api.patch(serviceMonitorType, world.keyOf('web'), { spec: { endpoints: [{ path: '/other' }] } });
      await eventually('the path is in the config', async () => {
        assert.match(await world.readConfig(), /metrics_path: \/other/);
      });
    });

    it('leaves an invalid ServiceMonitor out with an event, and goes on with the others', async () => {
      const world = inNamespace('invalid');
      await world.begin();
      await addMonitor(world, 'broken', { relabelings: [{ regex: '(' }] });
      await addMonitor(world, 'good');
      await world.whenJobsAre('good/0');
      const { reason, note } = await world.whenWarned('ServiceMonitor', 'broken');
      assert.equal(reason, 'InvalidConfiguration');
      assert.match(note, /"invalid\/broken" was rejected .*relabelings\[0\].*"\("/);
      assert.equal((await world.readCondition('Reconciled')).status, 'True');
      await cluster.api.patch(serviceMonitorType, world.keyOf('broken'), { spec: { endpoints: [{ port: 'web' }] } });
      await world.whenJobsAre('broken/0', 'good/0');
    });

    it('leaves a PrometheusRule with bad PromQL out with an event, and keeps the others', async () => {
      const world = inNamespace('rules');
      await world.begin();
      await cluster.api.create(prometheusRuleType, makeRule('rules', 'broken', 'sum(up'));
      await cluster.api.create(prometheusRuleType, makeRule('rules', 'good', 'sum(up)'));
      const { note } = await world.whenWarned('PrometheusRule', 'broken');
      assert.match(note, /"rules\/broken" was rejected .*expr: 1:7: /);
      await eventually('the good rule is mounted', async () => {
        const { data = {} } = await cluster.api.get<ConfigMap>(configMapType, 'rules/prometheus-main-rulefiles-0');
        const rules = Object.keys(data).map((file) => file.replace(/-[0-9a-f-]{36}\.yaml$/, ''));
        assert.deepEqual(rules, ['rules-good']);
      });
    });

    it('waits for a missing Secret, and follows its changes', async () => {
      const world = inNamespace('secrets');
      await world.begin();
      const reference = (key: string) => ({ name: 'login', key });
      await addMonitor(world, 'web', { basicAuth: { username: reference('user'), password: reference('password') } });
      await addMonitor(world, 'open');
      await world.whenJobsAre('open/0');
      await world.whenWarned('ServiceMonitor', 'web');
      await cluster.api.create(secretType, makeSecret('secrets', 'login', { user: 'me', password: 'first' }));
      assert.match(await world.whenJobsAre('open/0', 'web/0'), /password: first/);
      await cluster.api.patch(secretType, 'secrets/login', { stringData: { password: 'second' } });
      await eventually('the new password is in the config', async () => {
        assert.match(await world.readConfig(), /password: second/);
      });
      await cluster.api.remove(secretType, 'secrets/login');
      await world.whenJobsAre('open/0');
    });

    testOwnObjects({
      it,
      inNamespace,
      addMonitor,
      cluster: () => cluster,
      operator: () => operator,
    });

    it('writes nothing but status while a Prometheus is paused', async () => {
      const world = inNamespace('paused');
      await world.begin();
      await world.patchSpec({ paused: true });
      await eventually('the status says so', async () => (await world.readPrometheus()).status?.paused === true);
      const listWrites = () => cluster.listWrites(serviceAccountUser).filter(({ namespace }) => namespace === 'paused');
      const already = listWrites().length;
      await addMonitor(world, 'web');
      await world.patchSpec({ replicas: 4, version: 'v3.4.0' });
      await cluster.api.patch(statefulSetType, 'paused/prometheus-main', { spec: { replicas: 0 } });
      // The newest generation is in the status: the changes were seen.
      await world.whenSynced();
      const written = listWrites().slice(already).map(describeWrite);
      assert.deepEqual(
        written.filter((write) => !write.startsWith('patch prometheuses/status')),
        [],
      );
      assert.equal((await world.readStatefulSet()).spec.replicas, 0);
      await world.patchSpec({ paused: false });
      await eventually('it goes on', async () => assert.equal((await world.readStatefulSet()).spec.replicas, 4));
      await world.whenJobsAre('web/0');
    });

    it('says in the status why a sync failed, and that the next one did not', async () => {
      const world = inNamespace('failed');
      await world.begin();
      await world.patchSpec({ version: 'three' });
      const { reason, message } = await eventually('the condition says so', async () => {
        const condition = await world.readCondition('Reconciled');
        return condition.status === 'False' && condition;
      });
      assert.equal(reason, 'ReconciliationFailed');
      assert.match(message ?? '', /version.*"three"/);
      assert.equal(imageOf(await world.readStatefulSet()), 'quay.io/prometheus/prometheus:v3.5.0');
      await world.patchSpec({ version: 'v3.4.0' });
      await world.whenSynced();
    });

    it('leaves nothing behind when a Prometheus is deleted', async () => {
      const world = inNamespace('delete');
      await world.begin({ shards: 2 });
      assert.equal(Object.keys(await world.listChildren()).length, 8);
      await cluster.api.remove(prometheusType, 'delete/main');
      await eventually('all children are gone', async () => assert.deepEqual(await world.listChildren(), {}), 60_000);
      assert.equal(await cluster.api.find(statefulSetType, 'delete/prometheus-main'), undefined);
    });

    it('lets two Prometheus objects of a namespace share the governing Service', async () => {
      const world = inNamespace('shared');
      await world.begin();
      const other = new World(() => cluster, 'shared', 'other');
      await cluster.api.create(prometheusType, makePrometheus('shared', 'other'));
      await other.whenSynced();
      const listOwners = async () =>
        ((await cluster.api.find(serviceType, 'shared/prometheus-operated'))?.metadata.ownerReferences ?? []).map(
          ({ name }) => name,
        );
      await eventually('it has two owners', async () => {
        assert.deepEqual((await listOwners()).sort(), ['main', 'other']);
      });
      await cluster.api.remove(prometheusType, 'shared/main');
      await eventually('it has one', async () => assert.deepEqual(await listOwners(), ['other']), 60_000);
    });

    it('never wrote a config that promtool refuses', async (test) => {
      const configs = cluster.listWrittenConfigs();
      test.diagnostic(`${configs.length} configs`);
      assert.ok(configs.length > 20, `${configs.length} configs`);
      await assertValidConfigs(configs);
    });

    it('never sent a request that was refused', () => {
      const requests = cluster.listRequests(serviceAccountUser);
      assert.ok(requests.length > 100, `${requests.length} requests`);
      const refused = requests.filter(({ code }) => code === 403).map(describeWrite);
      assert.deepEqual(refused, []);
      return Promise.resolve();
    });
  });
}
