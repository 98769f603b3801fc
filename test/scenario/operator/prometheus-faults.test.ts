import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statefulSetType } from '../../../src/api/builtin-types.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';
import { main, begin } from './one-prometheus.ts';

const config = { resource: 'secrets', name: 'prometheus-main' } as const;

describe('the operator, when the API server refuses its StatefulSet', () => {
  const change = (world: World, spec: object): void =>
    void world.api.patch(prometheusType, main, { kind: 'merge', body: { spec } });

  for (const [what, spec, words] of [
    [
      'a request above its limit',
      { resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } },
      /containers\[0\]\.resources\.requests: .*"2Gi".*memory limit of 1Gi/,
    ],
    ['a bad name of a volume', { volumes: [{ name: 'Not_A_Name', emptyDir: {} }] }, /volumes\[.*"Not_A_Name"/],
    [
      'the same together with what cannot be changed in place',
      { podManagementPolicy: 'OrderedReady', volumes: [{ name: 'Not_A_Name', emptyDir: {} }] },
      /volumes\[.*"Not_A_Name"/,
    ],
  ] as const) {
    it(`${what} leaves the running one as it is, and the condition names field and value`, () =>
      inWorld(async (world) => {
        await begin(world);
        const before = world.statefulSet();
        change(world, spec);
        await world.until(() => world.condition('Reconciled').startsWith('False'), 'the condition says so');
        assert.match(world.condition('Reconciled'), words);
        const said = world.condition('Reconciled');
        await world.pass(60_000);
        assert.deepEqual(world.statefulSet(), before);
        assert.equal(world.condition('Reconciled'), said);
        assert.equal(world.recreations(), 0);
        change(world, { resources: null, volumes: null, replicas: 2 });
        const replicas = (): unknown =>
          (world.statefulSet() as { spec?: { replicas?: number } } | undefined)?.spec?.replicas;
        await world.until(() => replicas() === 2, 'a mended one is taken');
        await world.until(() => world.condition('Reconciled').startsWith('True'), 'the condition says so');
      }));
  }

  it('a refusal by a policy, which names no field, deletes nothing', () =>
    inWorld(async (world) => {
      await begin(world);
      const before = world.statefulSet()?.metadata.uid;
      const message = "ValidatingAdmissionPolicy 'no-latest' denied request: images need a digest";
      const rule = world.faults.add({
        match: { resource: 'statefulsets', verb: 'update' },
        fault: { kind: 'status', code: 422, reason: 'Invalid', message },
      });
      change(world, { replicas: 2 });
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the condition says so');
      assert.match(world.condition('Reconciled'), /StatefulSet "prometheus-main".*no-latest/);
      await world.pass(10_000);
      assert.equal(world.statefulSet()?.metadata.uid, before);
      rule.remove();
    }));
});

describe('the operator, when a StatefulSet has to be made anew', () => {
  it('counts it once, however late it hears that the old one goes', () =>
    inWorld(async (world) => {
      await begin(world);
      const uid = world.statefulSet()?.metadata.uid;
      const change = (spec: object): void =>
        void world.api.patch(prometheusType, main, { kind: 'merge', body: { spec } });
      const unheard = world.faults.add({
        match: { verb: 'watch', resource: 'statefulsets' },
        fate: 'drop',
        event: { type: 'MODIFIED' },
      });
      change({ podManagementPolicy: 'OrderedReady' });
      await world.until(() => world.recreations() === 1, 'the old one is deleted');
      change({ replicas: 2 });
      await world.until(() => ![undefined, uid].includes(world.statefulSet()?.metadata.uid), 'there is a new one');
      assert.ok(unheard.hits > 0);
      unheard.remove();
      assert.equal(world.recreations(), 1);
    }));

  it('keeps its volume claims, though they would be deleted with the set', () =>
    inWorld(async (world) => {
      const claims = { group: '', plural: 'persistentvolumeclaims' };
      const uids = () => world.api.list(claims, { namespace: 'monitoring' }).items.map(({ metadata }) => metadata.uid);
      await begin(world, {
        storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1Gi' } } } } },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
      });
      const [uid, before] = [world.statefulSet()?.metadata.uid, uids()];
      assert.equal(before.length, 1);
      world.api.patch(prometheusType, main, { kind: 'merge', body: { spec: { podManagementPolicy: 'OrderedReady' } } });
      await world.until(
        () => ![undefined, uid].includes(world.statefulSet()?.metadata.uid),
        'there is a new StatefulSet',
      );
      await world.until(() => world.condition('Available').startsWith('True'), 'it is available');
      assert.deepEqual(uids(), before);
      world.api.delete(prometheusType, main);
      await world.until(() => uids().length === 0, 'the claims go with the Prometheus, as asked for');
    }));
});

describe('the operator, when the API server fails', () => {
  it('a conflict is compared anew', () =>
    inWorld(async (world) => {
      await begin(world);
      const rule = world.faults.add({
        match: { ...config, verb: 'update' },
        fault: { kind: 'status', code: 409, reason: 'Conflict' },
        times: 2,
      });
      world.apply(monitor('search'));
      await world.until(() => world.jobs().length === 2, 'the second job is there');
      assert.equal(rule.hits, 2);
      assert.match(world.condition('Reconciled'), /^True/);
    }));

  it('500s on one Secret fail that Prometheus alone, later each time, until they end', () =>
    inWorld(async (world) => {
      await begin(world);
      const rule = world.faults.add({
        match: { ...config, verb: ['update', 'get'] },
        fault: { kind: 'status', code: 500, reason: 'InternalError' },
      });
      world.apply(monitor('search'));
      world.apply(prometheus('other'));
      await world.until(() => world.jobs('other').length === 2, 'the other one goes on');
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the condition says so');
      await world.pass(60_000);
      assert.ok(rule.hits < 40, `${rule.hits} tries in a minute`);
      rule.remove();
      await world.until(() => world.jobs().length === 2, 'it is repaired');
      await world.until(() => world.condition('Reconciled').startsWith('True'), 'the condition says so');
    }));

  it('a request that hangs is given up and made again', () =>
    inWorld(async (world) => {
      await begin(world);
      world.faults.add({ match: { ...config, verb: 'update' }, fault: { kind: 'hang' }, times: 1 });
      world.apply(monitor('search'));
      await world.until(() => world.jobs().length === 2, 'the second job is there');
    }));

  it('an answer that is lost after the write does no harm', () =>
    inWorld(async (world) => {
      await begin(world);
      world.faults.add({ match: { ...config, verb: 'update' }, fault: { kind: 'hang', afterAnswer: true }, times: 1 });
      world.apply(monitor('search'));
      await world.until(() => world.jobs().length === 2, 'the second job is there');
      world.apply(monitor('third'));
      await world.until(() => world.jobs().length === 3, 'the third job is there');
    }));

  it('a StatefulSet deleted behind a dropped event is made again after the relist', () =>
    inWorld(async (world) => {
      await begin(world);
      world.faults.add({
        match: { verb: 'watch', resource: 'statefulsets' },
        fate: 'expire',
        event: { type: 'DELETED' },
        times: 1,
      });
      world.api.delete(
        statefulSetType,
        { namespace: 'monitoring', name: 'prometheus-main' },
        { propagationPolicy: 'Background' },
      );
      await world.until(() => world.statefulSet() === undefined, 'it is gone');
      await world.until(() => world.statefulSet() !== undefined, 'it is back');
    }));

  it('a monitor deleted while its watch was cut in mid-line leaves the config', () =>
    inWorld(async (world) => {
      await begin(world);
      world.faults.add({ match: { verb: 'watch', resource: 'servicemonitors' }, fate: 'reset', times: 1 });
      world.api.delete(serviceMonitorType, { namespace: 'shop', name: 'cart' });
      await world.until(() => world.jobs().length === 0, 'the job is gone');
    }));

  it('monitors that may not be listed keep the last config in place, and the status names verb and resource', () =>
    inWorld(async (world) => {
      const rule = world.faults.add({
        match: { verb: ['list', 'watch'], resource: 'servicemonitors' },
        fault: {
          kind: 'status',
          code: 403,
          reason: 'Forbidden',
          message: 'servicemonitors is forbidden: User "x" cannot list',
        },
      });
      world.apply(prometheus('main'));
      world.apply(monitor('cart'));
      await world.until(() => world.condition('Reconciled').startsWith('False'), 'the condition says so');
      assert.match(world.condition('Reconciled'), /Cannot list servicemonitors\.monitoring\.coreos\.com: .*forbidden/);
      assert.equal(world.statefulSet(), undefined);
      rule.remove();
      await world.until(() => world.jobs().length === 1, 'it goes on when it may');
    }));

  it('probes that may not be listed do no harm to those who select none', () =>
    inWorld(async (world) => {
      world.faults.add({
        match: { verb: ['list', 'watch'], resource: 'probes' },
        fault: { kind: 'status', code: 403, reason: 'Forbidden' },
      });
      await begin(world);
    }));
});

describe('the operator, when it is not alone', () => {
  it('never writes for one key twice at the same time', () =>
    inWorld(async (world) => {
      await begin(world);
      world.faults.add({ match: { ...config, verb: 'update' }, fault: { kind: 'slow', delayMs: 3000 } });
      for (let round = 0; round < 5; round += 1) {
        world.apply(monitor(`service-${round}`));
        await world.pass(1000);
      }
      await world.until(() => world.jobs().length === 6, 'all jobs are there');
      await world.pass(10_000);
      const updates = world.writes.filter((write) => write === 'update secrets monitoring/prometheus-main');
      assert.ok(updates.length <= 4, `${updates.length} updates`);
    }));

  it('what was refused while the lease was in doubt is written once it is kept', () =>
    inWorld(async (world) => {
      await begin(world);
      world.loseLease();
      world.apply(monitor('search'));
      await world.pass(1000);
      assert.deepEqual(world.writes, []);
      world.keepLease();
      await world.until(() => world.jobs().length === 2, 'the second job is there');
      assert.match(world.condition('Reconciled'), /^True/);
    }));

  it('a lease lost during a sync stops the next write and all after it', () =>
    inWorld(async (world) => {
      await begin(world);
      world.faults.add({ match: { ...config, verb: 'update' }, fault: { kind: 'slow', delayMs: 1000 }, times: 1 });
      world.api.patch(prometheusType, main, {
        kind: 'merge',
        body: { spec: { replicas: 4, web: { pageTitle: 'new' } } },
      });
      world.apply(monitor('search'));
      await world.until(() => world.writes.length === 1, 'the first write is under way');
      world.loseLease();
      await world.until(() => world.jobs().length === 2, 'the write under way has ended');
      await world.pass(60_000);
      assert.deepEqual(world.writes, ['update secrets monitoring/prometheus-main']);
    }));
});
