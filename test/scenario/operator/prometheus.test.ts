import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configMapType, secretType, serviceType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { ConfigResourceStatus } from '../../../src/api/parts/status.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import type { ConfigMap, Service } from '../../../src/core/render/shared/rendered-objects.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import { main, begin } from './one-prometheus.ts';

describe('the operator, when nothing is wrong', () => {
  it('writes what is needed once and then nothing', () =>
    inWorld(async (world) => {
      await begin(world);
      assert.deepEqual(world.jobs(), ['serviceMonitor/shop/cart/0']);
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    }));

  it('a new monitor costs one write of the config and no other', () =>
    inWorld(async (world) => {
      await begin(world);
      world.apply(monitor('search'));
      await world.until(() => world.jobs().length === 2, 'the second job is there');
      await world.pass(5000);
      assert.deepEqual(world.writes, ['update secrets monitoring/prometheus-main']);
    }));

  it('a burst of changes costs a few writes', () =>
    inWorld(async (world) => {
      await begin(world);
      for (let at = 0; at < 50; at += 1) world.apply(monitor(`service-${at}`));
      await world.until(() => world.jobs().length === 51, 'all jobs are there');
      assert.ok(world.writes.length <= 5, `${world.writes.length} writes`);
    }));

  it('labels on a namespace move its monitors in and out', () =>
    inWorld(async (world) => {
      await begin(world);
      world.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'other' } } });
      await world.until(() => world.jobs().length === 0, 'the job is gone');
      world.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'shop' } } });
      await world.until(() => world.jobs().length === 1, 'the job is back');
    }));

  it('shards come and go', () =>
    inWorld(async (world) => {
      await begin(world, { shards: 3 });
      assert.notEqual(world.statefulSet('prometheus-main-shard-2'), undefined);
      world.api.patch(prometheusType, main, { kind: 'merge', body: { spec: { shards: 1 } } });
      await world.until(() => world.statefulSet('prometheus-main-shard-1') === undefined, 'surplus shards are gone');
      assert.notEqual(world.statefulSet(), undefined);
    }));

  it('a paused Prometheus is left alone, and its status says so', () =>
    inWorld(async (world) => {
      await begin(world);
      world.api.patch(prometheusType, main, { kind: 'merge', body: { spec: { paused: true, replicas: 5 } } });
      await world.until(() => world.prometheus().status?.paused === true, 'status says paused');
      world.apply(monitor('search'));
      await world.pass(5000);
      assert.deepEqual(world.jobs(), ['serviceMonitor/shop/cart/0']);
      assert.deepEqual(
        world.writes.filter((write) => !write.includes('/status')),
        [],
      );
    }));

  it('a deleted Prometheus takes everything along', () =>
    inWorld(async (world) => {
      await begin(world);
      world.api.delete(prometheusType, main);
      await world.until(() => world.statefulSet() === undefined, 'the StatefulSet is gone');
      await world.until(
        () => world.api.get(secretType, { namespace: 'monitoring', name: 'prometheus-main' }) === undefined,
        'its Secrets are gone',
      );
    }));
});

describe('the operator, when objects are bad', () => {
  it('a rejected monitor is left out with one Event; the others go on; a mended one comes in', () =>
    inWorld(
      async (world) => {
        await begin(world);
        const basicAuth = { username: { name: 'login', key: 'user' }, password: { name: 'login', key: 'password' } };
        world.apply(monitor('bad', { basicAuth }));
        world.apply(monitor('search'));
        await world.until(() => world.jobs().includes('serviceMonitor/shop/search/0'), 'the good one is there');
        await world.pass(10_000);
        assert.ok(!world.jobs().includes('serviceMonitor/shop/bad/0'));
        const notes = world.events.map(({ reason, note }) => `${reason}: ${note}`);
        assert.equal(notes.length, 1);
        assert.match(
          notes[0] ?? '',
          /^InvalidConfiguration: "shop\/bad" was rejected .*spec\.endpoints\[0\]\.basicAuth\.username: .*shop\/login/,
        );
        assert.match(world.condition('Reconciled'), /^True/);
        const login = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'monitoring' } };
        world.apply({
          ...login,
          metadata: { name: 'login', namespace: 'shop' },
          stringData: { user: 'a', password: 'b' },
        });
        await world.until(() => world.jobs().includes('serviceMonitor/shop/bad/0'), 'the mended one is there');
      },
      { 'watch-referenced-objects-in-all-namespaces': ['true'] },
    ));

  it('a version that cannot be rendered leaves everything as it is and says so', () =>
    inWorld(async (world) => {
      await begin(world);
      world.api.patch(prometheusType, main, { kind: 'merge', body: { spec: { version: 'v1.8.0' } } });
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the condition says so');
      assert.match(world.condition('Reconciled'), /ReconciliationFailed .*1\.8\.0/);
      assert.deepEqual(world.jobs(), ['serviceMonitor/shop/cart/0']);
      world.api.patch(prometheusType, main, { kind: 'merge', body: { spec: { version: 'v3.12.0' } } });
      await world.until(() => world.condition('Reconciled').startsWith('True'), 'it is well again');
    }));

  it('a configuration that cannot be rendered stops neither rules nor bindings nor the Service', () =>
    inWorld(
      async (world) => {
        await begin(world, { ruleSelector: {} });
        const missing = { additionalScrapeConfigs: { name: 'gone', key: 'jobs.yaml' } };
        world.apply(prometheus('main', { ruleSelector: {}, portName: 'http', ...missing }));
        await world.until(() => world.condition('Reconciled').startsWith('False'), 'the missing Secret is told of');
        world.writes.length = 0;
        world.apply({
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'PrometheusRule',
          metadata: { name: 'slo', namespace: 'monitoring' },
          spec: { groups: [{ name: 'slo', rules: [{ record: 'up:sum', expr: 'sum(up)' }] }] },
        });
        world.apply(monitor('search'));
        const rules = { ...main, name: 'prometheus-main-rulefiles-0' };
        const isThere = (): boolean =>
          Object.keys((world.api.get(configMapType, rules) as ConfigMap | undefined)?.data ?? {}).some((key) =>
            key.includes('-slo-'),
          );
        await world.until(isThere, 'the rule is there');
        const isBound = (): boolean => {
          const search = { namespace: 'shop', name: 'search' };
          const found = world.api.get(serviceMonitorType, search) as { status?: ConfigResourceStatus } | undefined;
          return found?.status?.bindings?.some(({ name }) => name === 'main') === true;
        };
        await world.until(isBound, 'the binding is there');
        const service = world.api.get(serviceType, { ...main, name: 'prometheus-operated' }) as Service | undefined;
        assert.equal(service?.spec.ports?.[0]?.name, 'http');
        assert.match(world.condition('Reconciled'), /^False .*gone/);
        assert.deepEqual(world.jobs(), ['serviceMonitor/shop/cart/0']);
        assert.ok(!world.writes.some((write) => write.endsWith('secrets monitoring/prometheus-main')));
      },
      { 'feature-gates': ['StatusForConfigurationResources=true'] },
    ));

  it('a field that cannot be rendered gets one Event that names it, and the last good config stays', () =>
    inWorld(async (world) => {
      world.apply(prometheus('main'));
      world.apply(monitor('cart'));
      await world.until(() => world.jobs().length === 1, 'the job is there');
      world.apply(prometheus('main', { tracingConfig: { endpoint: 'host:4317', samplingFraction: '7' } }));
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the status says so');
      world.apply(monitor('shop'));
      await world.pass(2000);
      assert.match(world.condition('Reconciled'), /spec\.tracingConfig\.samplingFraction: /);
      assert.deepEqual(world.jobs(), ['serviceMonitor/shop/cart/0']);
      assert.equal(world.events.length, 1);
      assert.match(world.events[0]?.note ?? '', /^The last good configuration stays in place: spec\.tracingConfig\./);
      assert.equal(world.events[0]?.regarding.kind, 'Prometheus');
    }));

  it('a StorageClass that does not exist is named', () =>
    inWorld(async (world) => {
      world.apply(
        prometheus('main', {
          storage: {
            volumeClaimTemplate: { spec: { storageClassName: 'nope', resources: { requests: { storage: '1Gi' } } } },
          },
        }),
      );
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the condition says so');
      assert.match(world.condition('Reconciled'), /storageClassName: Cannot use StorageClass "nope"/);
      assert.match(world.condition('Available'), /^False StatefulSetNotFound/);
    }));
});

describe('the operator, when a name is a path', () => {
  it('asks for no Service that cannot be there, and names the field', () =>
    inWorld(async (world) => {
      const serviceName = '../../kube-system/services/kubelet';
      world.apply(prometheus('main', { serviceName }));
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the condition says so');
      assert.match(world.condition('Reconciled'), /spec\.serviceName: Cannot use Service .* it does not exist/);
    }));
});

describe('the operator, when somebody else writes', () => {
  it('undoes a change of its StatefulSet', () =>
    inWorld(async (world) => {
      await begin(world, { replicas: 2 });
      world.api.patch(
        statefulSetType,
        { namespace: 'monitoring', name: 'prometheus-main' },
        { kind: 'merge', body: { spec: { replicas: 7 } } },
      );
      const replicas = () => (world.statefulSet() as { spec?: { replicas?: number } } | undefined)?.spec?.replicas;
      await world.until(() => replicas() === 2, 'the replicas are back');
    }));

  it('undoes a change of its config, and of labels by which it finds its StatefulSet', () =>
    inWorld(async (world) => {
      await begin(world);
      world.api.patch(
        secretType,
        { namespace: 'monitoring', name: 'prometheus-main' },
        { kind: 'merge', body: { data: { 'prometheus.yaml.gz': '' } } },
      );
      await world.until(() => world.jobs().length === 1, 'the config is back');
      const strip = { metadata: { labels: { 'managed-by': null, 'operator.prometheus.io/name': null } } };
      world.api.patch(
        statefulSetType,
        { namespace: 'monitoring', name: 'prometheus-main' },
        { kind: 'merge', body: strip },
      );
      await world.until(
        () => world.statefulSet()?.metadata.labels?.['operator.prometheus.io/name'] === 'main',
        'the labels are back',
      );
    }));

  it('puts its governing Service right at once: a port, its labels, its owners, all of it', () =>
    inWorld(async (world) => {
      await begin(world);
      const name = { namespace: 'monitoring', name: 'prometheus-operated' };
      const read = (): string => {
        const found = world.api.get(serviceType, name) as Service | undefined;
        const { labels, ownerReferences } = found?.metadata ?? {};
        return JSON.stringify([labels, ownerReferences?.length, found?.spec.ports, found?.spec.selector]);
      };
      const before = read();
      const breakIt: readonly (() => void)[] = [
        () => world.api.patch(serviceType, name, { kind: 'merge', body: { spec: { selector: { app: 'other' } } } }),
        () => world.api.patch(serviceType, name, { kind: 'json', body: [{ op: 'remove', path: '/metadata/labels' }] }),
        () => world.api.patch(serviceType, name, { kind: 'merge', body: { metadata: { ownerReferences: null } } }),
        () => void world.api.delete(serviceType, name),
      ];
      for (const step of breakIt) {
        step();
        assert.notEqual(read(), before);
        const since = world.clock.now();
        await world.until(() => read() === before, 'it is as it was');
        assert.ok(world.clock.now() - since < 2000, `${world.clock.now() - since} ms`);
      }
      await world.pass(2000);
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    }));

  it('where Services may not be watched, puts the governing one right by the next sync after a minute', () =>
    inWorld(async (world) => {
      const fault = { kind: 'status', code: 403, reason: 'Forbidden' } as const;
      world.faults.add({ match: { verb: ['list', 'watch'], resource: 'services' }, fault });
      await begin(world);
      const name = { namespace: 'monitoring', name: 'prometheus-operated' };
      world.api.delete(serviceType, name);
      await world.pass(61_000);
      world.apply(monitor('search'));
      await world.until(() => world.api.get(serviceType, name) !== undefined, 'it is back');
    }));

  it('recreates its StatefulSet when a field cannot be changed in place', () =>
    inWorld(async (world) => {
      await begin(world);
      const uid = world.statefulSet()?.metadata.uid;
      world.api.patch(prometheusType, main, { kind: 'merge', body: { spec: { podManagementPolicy: 'OrderedReady' } } });
      await world.until(
        () => ![undefined, uid].includes(world.statefulSet()?.metadata.uid),
        'there is a new StatefulSet',
      );
      await world.until(() => world.condition('Available').startsWith('True'), 'it is available');
      assert.equal(world.recreations(), 1);
    }));
});
