import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { ConfigResourceStatus } from '../../../src/api/parts/status.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import { conflict, internalError } from '../../../src/sandbox/faults/refusals.ts';
import type { Rule } from '../../../src/sandbox/faults/faults.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

const gate = { 'feature-gates': ['StatusForConfigurationResources=true'] };
const inGatedWorld = (run: (world: World) => Promise<void>): Promise<void> => inWorld(run, gate);

/** Names of the workloads in the bindings of a monitor, each with its verdict. */
function bindings(world: World, name: string): string[] {
  const found = world.api.get(serviceMonitorType, { namespace: 'shop', name }) as
    (KubernetesObject & { status?: ConfigResourceStatus }) | undefined;
  return (found?.status?.bindings ?? []).map((one) => `${one.name} ${one.conditions?.[0]?.status ?? ''}`).sort();
}

const writeOf = (name: string) =>
  ({ verb: 'patch', resource: 'servicemonitors', subresource: 'status', name }) as const;

/** Prometheus "main", to which the monitor "cart" is bound. */
async function begin(world: World): Promise<void> {
  world.apply(prometheus('main'));
  world.apply(monitor('cart'));
  await world.until(() => bindings(world, 'cart').length === 1, 'cart is bound');
  await world.until(() => world.condition('Available').startsWith('True'), 'main is available');
}

describe('bindings, when somebody else writes', () => {
  it('are read again and written at once: no sync fails because of a conflict', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const rule = world.faults.add({ match: writeOf('search'), fault: conflict, times: 3 });
      world.apply(monitor('search'));
      await world.until(() => bindings(world, 'search').length === 1, 'search is bound');
      assert.equal(rule.hits, 3);
      assert.equal(world.failures(), 0);
    }));

  it('of two workloads on one monitor are both there, and neither fails', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      world.apply(prometheus('other'));
      await world.until(() => bindings(world, 'cart').length === 2, 'both are bound');
      for (let round = 0; round < 10; round += 1) {
        const name = `service-${round}`;
        world.apply(monitor(name));
        await world.until(() => bindings(world, name).length === 2, `${name} is bound`);
        assert.deepEqual(bindings(world, name), ['main True', 'other True']);
      }
      assert.equal(world.failures(), 0);
    }));

  it('that can never be written are given up after a few tries, and tried again later', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const rule = world.faults.add({ match: writeOf('search'), fault: conflict });
      world.apply(monitor('search'));
      await world.until(() => world.jobs().length === 2, 'the job is there');
      await world.until(() => rule.hits > 0, 'it was tried');
      await world.pass(60_000);
      assert.ok(rule.hits < 100, `${rule.hits} tries in a minute`);
      assert.equal(world.failures(), 0);
      rule.remove();
      await world.until(() => bindings(world, 'search').length === 1, 'search is bound');
    }));
});

describe('bindings, when the server does not take them', () => {
  it('a monitor that has no room for its binding is told of, and everything else goes on', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const rule = world.faults.add({
        match: writeOf('fat'),
        fault: { kind: 'status', code: 500, reason: 'InternalError', message: 'etcdserver: request is too large' },
      });
      world.apply(monitor('fat'));
      world.apply(monitor('search'));
      await world.until(() => bindings(world, 'search').length === 1, 'search is bound');
      await world.until(() => world.jobs().length === 3, 'both have jobs');
      assert.equal(world.failures(), 0);
      await world.until(() => world.condition('Reconciled').includes('BindingsNotWritten'), 'the condition says so');
      assert.match(world.condition('Reconciled'), /^True BindingsNotWritten .*ServiceMonitor shop\/fat.*too large/);
      const { hits } = rule;
      await world.pass(600_000);
      assert.equal(rule.hits, hits);
      const notes = world.events.filter(({ reason }) => reason === 'BindingNotWritten');
      assert.deepEqual(
        notes.map(({ regarding, type }) => `${type} ${regarding.kind} ${regarding.metadata.name ?? ''}`),
        ['Warning ServiceMonitor fat'],
      );
      rule.remove();
      world.apply(monitor('fat', { interval: '1m' }));
      await world.until(() => bindings(world, 'fat').length === 1, 'fat is bound');
      await world.until(() => !world.condition('Reconciled').includes('BindingsNotWritten'), 'all is well again');
    }));

  it('what may go by is tried again, later each time, and fails nothing', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const rule = world.faults.add({ match: writeOf('search'), fault: internalError });
      world.apply(monitor('search'));
      await world.until(() => world.jobs().length === 2, 'the job is there');
      await world.pass(120_000);
      assert.ok(rule.hits > 2 && rule.hits < 20, `${rule.hits} tries in two minutes`);
      assert.equal(world.failures(), 0);
      rule.remove();
      await world.until(() => bindings(world, 'search').length === 1, 'search is bound');
    }));

  it('what may go by is tried again also where the sync itself waits for a change', () =>
    inGatedWorld(async (world) => {
      const additionalScrapeConfigs = { name: 'nowhere', key: 'jobs.yaml' };
      world.apply(prometheus('main', { additionalScrapeConfigs }));
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the Secret is missed');
      const rule = world.faults.add({ match: writeOf('search'), fault: internalError, times: 3 });
      world.apply(monitor('search'));
      await world.until(() => bindings(world, 'search').length === 1, 'search is bound');
      assert.equal(rule.hits, 3);
    }));

  it('an outage is not met with a request for each of many monitors', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const match = { verb: 'patch', resource: 'servicemonitors', subresource: 'status' } as const;
      const rule = world.faults.add({ match, fault: internalError });
      for (let at = 0; at < 200; at += 1) world.apply(monitor(`many-${at}`));
      await world.until(() => world.jobs().length === 201, 'all jobs are there');
      await world.pass(1000);
      assert.ok(rule.hits < 150, `${rule.hits} tries`);
      rule.remove();
      const unbound = (): number[] => [...Array(200).keys()].filter((at) => bindings(world, `many-${at}`).length === 0);
      await world.until(() => unbound().length === 0, 'all are bound');
    }));

  it('keep a Prometheus that is deleted until they are taken back', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const rule = world.faults.add({ match: writeOf('cart'), fault: internalError });
      world.api.delete(prometheusType, { namespace: 'monitoring', name: 'main' });
      await world.until(() => rule.hits > 0, 'it was tried');
      await world.pass(2000);
      assert.notEqual(world.prometheus(), undefined);
      rule.remove();
      await world.until(() => (world.prometheus() as unknown) === undefined, 'it is gone');
      assert.deepEqual(bindings(world, 'cart'), []);
    }));

  it('do not keep it for an object that can never be written again', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const fault = {
        kind: 'status',
        code: 422,
        reason: 'Invalid',
        message: 'spec.endpoints: Required value',
      } as const;
      world.faults.add({ match: writeOf('cart'), fault });
      world.api.delete(prometheusType, { namespace: 'monitoring', name: 'main' });
      await world.until(() => (world.prometheus() as unknown) === undefined, 'it is gone');
    }));

  it('end with the lease: not one is written after it is lost', () =>
    inGatedWorld(async (world) => {
      await begin(world);
      const fault = { kind: 'slow', delayMs: 1000 } as const;
      const rule = world.faults.add({ match: writeOf('many-0'), fault, times: 1 });
      for (let at = 0; at < 60; at += 1) world.apply(monitor(`many-${at}`));
      await world.until(() => rule.hits === 1, 'the first write is under way');
      world.loseLease();
      await world.pass(100);
      world.writes.length = 0;
      await world.pass(60_000);
      assert.deepEqual(world.writes, []);
    }));
});

/** As an operator leaves it behind that was ended in the middle of a deletion. */
function bindTo(world: World, name: string, workload: string): void {
  const binding = { group: 'monitoring.coreos.com', resource: 'prometheuses', namespace: 'monitoring', name: workload };
  const conditions = [{ type: 'Accepted', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }];
  const body = { status: { bindings: [{ ...binding, conditions }] } };
  const change = { kind: 'merge', body, subresource: 'status', fieldManager: 'PrometheusOperator' } as const;
  world.api.patch(serviceMonitorType, { namespace: 'shop', name }, change);
}

/** Nobody can list monitors until the rule is removed. */
const hideMonitors = (world: World): Rule =>
  world.faults.add({
    match: { verb: ['list', 'watch'], resource: 'servicemonitors' },
    fault: { kind: 'status', code: 403, reason: 'Forbidden' },
  });

describe('bindings of a workload that is gone', () => {
  it('are taken back when the objects can be listed again', () =>
    inGatedWorld(async (world) => {
      const rule = hideMonitors(world);
      world.apply(monitor('cart'));
      bindTo(world, 'cart', 'gone');
      await world.pass(2000);
      rule.remove();
      await world.until(() => bindings(world, 'cart').length === 0, 'nothing is bound');
      assert.equal(world.failures(), 0);
    }));

  it('are taken back later where they cannot be at once', () =>
    inGatedWorld(async (world) => {
      const rule = hideMonitors(world);
      world.apply(monitor('cart'));
      bindTo(world, 'cart', 'gone');
      await world.pass(2000);
      const refusal = world.faults.add({ match: writeOf('cart'), fault: internalError, times: 5 });
      rule.remove();
      await world.until(() => bindings(world, 'cart').length === 0, 'nothing is bound');
      assert.equal(refusal.hits, 5);
    }));

  it('are taken back from one that came to select nothing of the kind meanwhile', () =>
    inGatedWorld(async (world) => {
      const rule = hideMonitors(world);
      world.apply(prometheus('main', { serviceMonitorSelector: undefined, podMonitorSelector: {} }));
      world.apply(monitor('cart'));
      bindTo(world, 'cart', 'main');
      await world.until(() => world.condition('Available').startsWith('True'), 'main is available');
      assert.deepEqual(bindings(world, 'cart'), ['main True']);
      rule.remove();
      await world.until(() => bindings(world, 'cart').length === 0, 'nothing is bound');
    }));

  it('stay where it is there after all, and another operator looks after it', () =>
    inWorld(
      async (world) => {
        const rule = hideMonitors(world);
        world.apply(prometheus('other'));
        world.apply(monitor('cart'));
        bindTo(world, 'cart', 'other');
        await world.pass(2000);
        rule.remove();
        await world.pass(5000);
        assert.deepEqual(bindings(world, 'cart'), ['other True']);
      },
      { ...gate, 'prometheus-instance-selector': ['tier=gold'] },
    ));

  it('stay where its namespace is not looked after', () =>
    inWorld(
      async (world) => {
        const rule = hideMonitors(world);
        world.apply(monitor('cart'));
        bindTo(world, 'cart', 'gone');
        await world.pass(2000);
        rule.remove();
        await world.pass(5000);
        assert.deepEqual(bindings(world, 'cart'), ['gone True']);
      },
      { ...gate, 'prometheus-instance-namespaces': ['shop'] },
    ));
});
