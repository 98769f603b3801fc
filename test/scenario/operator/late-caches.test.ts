import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { secretType } from '../../../src/api/builtin-types.ts';
import type { ConfigResourceStatus } from '../../../src/api/parts/status.ts';
import { prometheusAgentType } from '../../../src/api/prometheus-agent.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import type { Rule } from '../../../src/sandbox/faults/faults.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

const login = { namespace: 'monitoring', name: 'login' };
/** Follows "main", and reads its password in that namespace, which is watched. */
const secured = {
  ...monitor('cart', {
    basicAuth: { username: { name: 'login', key: 'user' }, password: { name: 'login', key: 'password' } },
  }),
  metadata: { name: 'cart', namespace: 'monitoring' },
};
const own = { serviceMonitorNamespaceSelector: undefined };

const applyLogin = (world: World, password: string): void =>
  world.apply({ apiVersion: 'v1', kind: 'Secret', metadata: login, stringData: { user: 'me', password } });

function readConfig(world: World): string {
  const secret = world.api.get(secretType, { namespace: 'monitoring', name: 'prometheus-main' }) as
    { data?: Record<string, string> } | undefined;
  const data = secret?.data?.['prometheus.yaml.gz'];
  return data === undefined ? '' : gunzipSync(Buffer.from(data, 'base64')).toString('utf8');
}

/** From the beginning the resource can be neither listed nor watched. */
const breakCache = (world: World, resource: string, code: number): Rule =>
  world.faults.add({
    match: { verb: ['list', 'watch'], resource },
    fault: { kind: 'status', code, reason: code === 403 ? 'Forbidden' : 'ServiceUnavailable' },
  });

describe('a cache that is filled late', () => {
  it('shows a password that was changed before it was filled', () =>
    inWorld(async (world) => {
      const rule = breakCache(world, 'secrets', 503);
      applyLogin(world, 'first');
      world.apply(prometheus('main', own));
      world.apply(secured);
      await world.until(() => readConfig(world).includes('password: first'), 'the first password is there');
      applyLogin(world, 'second');
      await world.pass(2000);
      rule.remove();
      await world.until(() => readConfig(world).includes('password: second'), 'the second password is there');
    }));

  it('shows that a Secret was deleted, and that one was made, before it was filled', () =>
    inWorld(async (world) => {
      const rule = breakCache(world, 'secrets', 503);
      applyLogin(world, 'first');
      world.apply(prometheus('main', own));
      world.apply(secured);
      await world.until(() => world.jobs().length === 1, 'the job is there');
      world.api.delete(secretType, login);
      await world.pass(2000);
      rule.remove();
      await world.until(() => world.jobs().length === 0, 'the job is gone');
      applyLogin(world, 'third');
      await world.until(() => readConfig(world).includes('password: third'), 'the job is back');
    }));

  it('shows after an outage that a Secret is gone which came and went meanwhile, and was read', () =>
    inWorld(async (world) => {
      world.apply(prometheus('main', own));
      world.apply(secured);
      await world.pass(2000);
      world.faults.add({
        match: { verb: 'watch', resource: 'secrets' },
        event: { name: 'login' },
        fate: 'expire',
        times: 1,
      });
      const rule = breakCache(world, 'secrets', 503);
      applyLogin(world, 'first');
      world.apply({ ...monitor('other'), metadata: { name: 'other', namespace: 'monitoring' } });
      await world.until(() => world.jobs().length === 2, 'the Secret was read');
      world.api.delete(secretType, login);
      rule.remove();
      await world.until(() => world.jobs().length === 1, 'the job is gone');
    }));

  it('shows what somebody did to the config before it was filled', () =>
    inWorld(async (world) => {
      const rule = breakCache(world, 'secrets', 503);
      world.apply(prometheus('main', own));
      world.apply({ ...monitor('cart'), metadata: { name: 'cart', namespace: 'monitoring' } });
      await world.until(() => world.jobs().length === 1, 'the job is there');
      await world.pass(2000);
      const body = { data: { 'prometheus.yaml.gz': null } };
      const config = { namespace: 'monitoring', name: 'prometheus-main' };
      world.api.patch(secretType, config, { kind: 'merge', body, fieldManager: 'user' });
      assert.equal(world.jobs().length, 0);
      rule.remove();
      await world.until(() => world.jobs().length === 1, 'the job is back');
    }));

  /** Longer than the reflector waits between two tries, and shorter than a failed sync does by then. */
  const soonMs = 35_000;
  const outageMs = 100_000;

  async function endOutage(world: World, rules: readonly Rule[], isWell: () => boolean): Promise<void> {
    await world.pass(outageMs);
    for (const rule of rules) rule.remove();
    const endedAt = world.clock.now();
    await world.until(isWell, 'all that waited for a cache is reconciled');
    assert.ok(world.clock.now() - endedAt <= soonMs, `${world.clock.now() - endedAt} ms`);
  }

  it('wakes the workloads that it held up, whatever it holds', () =>
    inWorld(async (world) => {
      const selectors = {
        servicemonitors: { serviceMonitorSelector: {} },
        podmonitors: { podMonitorSelector: {} },
        probes: { probeSelector: {} },
        scrapeconfigs: { scrapeConfigSelector: {} },
        prometheusrules: { ruleSelector: {} },
        namespaces: { podMonitorSelector: {}, podMonitorNamespaceSelector: {} },
      };
      const resources = Object.keys(selectors);
      const none = { serviceMonitorSelector: undefined, serviceMonitorNamespaceSelector: undefined };
      const rules = resources.map((resource) => breakCache(world, resource, 403));
      for (const [resource, spec] of Object.entries(selectors)) world.apply(prometheus(resource, { ...none, ...spec }));
      const conditions = (): string[] => resources.map((resource) => world.condition('Reconciled', resource));
      await world.until(() => conditions().every((one) => one.startsWith('False')), 'all are held up');
      await endOutage(world, rules, () => conditions().every((one) => one.startsWith('True')));
    }));

  it('wakes them when it holds their sets', () =>
    inWorld(
      async (world) => {
        const rules = ['statefulsets', 'daemonsets'].map((resource) => breakCache(world, resource, 403));
        world.apply(prometheus('main'));
        const metadata = { name: 'edge', namespace: 'monitoring' };
        const spec = { mode: 'DaemonSet', podMonitorSelector: {} };
        world.apply({ apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'PrometheusAgent', metadata, spec });
        assert.notEqual(world.api.get(prometheusAgentType, metadata), undefined);
        const isAgentReconciled = (): boolean =>
          world.agent().status?.conditions?.some(({ type, status }) => type === 'Reconciled' && status === 'True') ===
          true;
        await endOutage(world, rules, () => world.condition('Reconciled').startsWith('True') && isAgentReconciled());
      },
      { 'feature-gates': ['PrometheusAgentDaemonSet=true'] },
    ));

  it('keeps a workload that is deleted before it was filled, until its bindings are taken back', () =>
    inWorld(
      async (world) => {
        const rule = breakCache(world, 'servicemonitors', 503);
        const main = { namespace: 'monitoring', name: 'main' };
        const cart = { namespace: 'shop', name: 'cart' };
        const kept = prometheus('main') as { metadata: object };
        world.apply({ ...kept, metadata: { ...kept.metadata, finalizers: ['monitoring.coreos.com/status-cleanup'] } });
        world.apply(monitor('cart'));
        const bindings = [{ group: 'monitoring.coreos.com', resource: 'prometheuses', ...main }];
        world.api.patch(serviceMonitorType, cart, {
          kind: 'merge',
          body: { status: { bindings } },
          subresource: 'status',
        });
        world.api.delete(prometheusType, main);
        await world.pass(5000);
        assert.notEqual(world.api.get(prometheusType, main), undefined);
        rule.remove();
        await world.until(() => world.api.get(prometheusType, main) === undefined, 'main is gone');
        const { status } = world.api.get(serviceMonitorType, cart) as { status?: ConfigResourceStatus };
        assert.deepEqual(status?.bindings ?? [], []);
      },
      { 'feature-gates': ['StatusForConfigurationResources=true'] },
    ));
});
