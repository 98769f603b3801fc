import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertmanagerConfigType } from '../../../src/api/alertmanager-config.ts';
import { alertmanagerType } from '../../../src/api/alertmanager.ts';
import { secretType, serviceType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { ConfigResourceStatus } from '../../../src/api/parts/status.ts';
import { inWorld } from './world.ts';
import type { World } from './world.ts';

const main = { namespace: 'monitoring', name: 'main' };
const generated = 'alertmanager-main-generated';
const inShop = { matchLabels: { team: 'shop' } };

const alertmanager = (spec: object = {}): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Alertmanager',
  metadata: main,
  spec: { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: inShop, ...spec },
});

const secret = (namespace: string, name: string, stringData: Record<string, string>): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name },
  data: Object.fromEntries(
    Object.entries(stringData).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
});

const base = (receiver: string): object =>
  secret('monitoring', 'alertmanager-main', {
    'alertmanager.yaml': `route: {receiver: ${receiver}}\nreceivers: [{name: ${receiver}}]\n`,
  });

/** A tenant's object with one webhook, whose address is in the Secret "hook". */
const config = (name: string, key = 'url'): object => ({
  apiVersion: 'monitoring.coreos.com/v1alpha1',
  kind: 'AlertmanagerConfig',
  metadata: { namespace: 'shop', name },
  spec: {
    route: { receiver: 'hook', groupBy: ['job'] },
    receivers: [{ name: 'hook', webhookConfigs: [{ urlSecret: { name: 'hook', key } }] }],
  },
});

const hook = (url: string): object => secret('shop', 'hook', { url });
const text = (world: World): string => world.text(generated, 'alertmanager.yaml.gz');
const set = (world: World): KubernetesObject | undefined => world.statefulSet('alertmanager-main');
const conditions = (world: World): string[] => world.conditions(alertmanagerType, 'main');
const isAvailable = (world: World) => (): boolean => conditions(world).includes('Available True');
const namesOf = (world: World, type: typeof secretType): string[] =>
  world.api.list(type, { namespace: 'monitoring' }).items.map(({ metadata }) => metadata.name ?? '');

async function start(world: World): Promise<void> {
  world.apply(base('ops'));
  world.apply(hook('http://one/'));
  world.apply(alertmanager());
  world.apply(config('cart'));
  await world.until(isAvailable(world), 'the Alertmanager is available');
  await world.until(() => text(world).includes('shop/cart/hook'), 'the route is there');
}

describe('the operator with an Alertmanager', () => {
  it('says which fields its version does not take, once, until they are gone', () =>
    inWorld(async (world) => {
      await start(world);
      world.apply(alertmanager({ version: '0.34.0', retention: '0s', clusterPeerName: 'eu' }));
      const told =
        'Reconciled True IgnoredFields Left out "spec.retention": Alertmanager 0.34.0 does not start with a duration of zero';
      await world.until(() => conditions(world).includes(told), 'it is told');
      await world.pass(2000);
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
      world.apply(alertmanager({ version: '0.34.0', clusterPeerName: 'eu' }));
      await world.until(() => conditions(world).includes('Reconciled True'), 'nothing is left out any more');
    }));

  it('writes Secrets, Service and StatefulSet once, and then nothing', () =>
    inWorld(async (world) => {
      await start(world);
      assert.match(text(world), /receiver: ops/);
      assert.match(text(world), /url: http:\/\/one\//);
      assert.deepEqual(namesOf(world, secretType), [
        'alertmanager-main',
        'alertmanager-main-cluster-tls-config',
        generated,
        'alertmanager-main-tls-assets-0',
        'alertmanager-main-web-config',
      ]);
      assert.deepEqual(namesOf(world, serviceType), ['alertmanager-operated']);
      assert.deepEqual(conditions(world), ['Available True', 'Reconciled True']);
      const { status } = world.api.get(alertmanagerType, main) as { status?: Record<string, unknown> };
      assert.equal(status?.replicas, 1);
      assert.match(String(status.selector), /alertmanager=main/);
      await world.pass(2000);
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    }));

  it('follows the Secrets of tenants, its base and the objects themselves', () =>
    inWorld(async (world) => {
      await start(world);
      world.apply(hook('http://two/'));
      await world.until(() => text(world).includes('http://two/'), 'the new address is there');
      world.apply(base('night'));
      await world.until(() => text(world).includes('receiver: night'), 'the new base is there');
      world.api.delete(alertmanagerConfigType, { namespace: 'shop', name: 'cart' });
      await world.until(() => !text(world).includes('shop/cart'), 'the route is gone');
    }));

  it('leaves out what cannot be used, tells why, and takes it when it can', () =>
    inWorld(async (world) => {
      await start(world);
      world.apply(config('bad', 'missing'));
      await world.until(() => world.events.length > 0, 'the Event is there');
      const [event] = world.events;
      assert.equal(event?.reportingController, 'alertmanager-controller');
      assert.match(event.note, /"shop\/bad" was rejected .*spec\.receivers\[0\]\.webhookConfigs\[0\]\.urlSecret/);
      assert.match(text(world), /shop\/cart\/hook/);
      assert.doesNotMatch(text(world), /shop\/bad/);
      world.apply(secret('shop', 'hook', { url: 'http://one/', missing: 'http://three/' }));
      await world.until(() => text(world).includes('shop/bad/hook'), 'it is taken');
    }));

  it('keeps the last good configuration while the base cannot be loaded, and the StatefulSet with it', () =>
    inWorld(async (world) => {
      await start(world);
      const before = text(world);
      const uid = set(world)?.metadata.uid;
      world.apply(secret('monitoring', 'alertmanager-main', { 'alertmanager.yaml': 'route: {receiver: nobody}' }));
      await world.until(() => conditions(world).some((one) => one.startsWith('Reconciled False')), 'it is told');
      assert.equal(text(world), before);
      assert.equal(set(world)?.metadata.uid, uid);
      world.apply(base('ops'));
      await world.until(() => conditions(world).includes('Reconciled True'), 'all is well again');
    }));

  it('begins with the AlertmanagerConfig that it names, and follows it', () =>
    inWorld(async (world) => {
      const global = (receiver: string): object => ({
        apiVersion: 'monitoring.coreos.com/v1alpha1',
        kind: 'AlertmanagerConfig',
        metadata: { namespace: 'monitoring', name: 'global' },
        spec: { route: { receiver }, receivers: [{ name: receiver }] },
      });
      const spec = { alertmanagerConfiguration: { name: 'global' }, alertmanagerConfigSelector: null };
      world.apply(alertmanager(spec));
      await world.until(() => conditions(world).some((one) => /Reconciled False .*global/.test(one)), 'it is missed');
      world.apply(global('ops'));
      await world.until(() => text(world).includes('monitoring/global/ops'), 'the base is there');
      world.apply(global('night'));
      await world.until(() => text(world).includes('monitoring/global/night'), 'the new base is there');
    }));

  it('is kept by the finalizer only while objects are bound to it, and leaves them bound while its base is broken', () =>
    inWorld(
      async (world) => {
        const isKept = (): boolean =>
          world.api
            .get(alertmanagerType, main)
            ?.metadata.finalizers?.includes('monitoring.coreos.com/status-cleanup') === true;
        const isBound = (): boolean => {
          const found = world.api.get(alertmanagerConfigType, { namespace: 'shop', name: 'cart' }) as
            (KubernetesObject & { status?: ConfigResourceStatus }) | undefined;
          return (found?.status?.bindings ?? []).length === 1;
        };
        world.apply(base('ops'));
        world.apply(hook('http://one/'));
        world.apply(alertmanager());
        await world.until(isAvailable(world), 'the Alertmanager is available');
        assert.equal(isKept(), false);
        world.apply(config('cart'));
        await world.until(isBound, 'the object is bound');
        assert.equal(isKept(), true);
        world.apply(secret('monitoring', 'alertmanager-main', { 'alertmanager.yaml': 'route: {receiver: nobody}' }));
        await world.until(() => conditions(world).some((one) => one.startsWith('Reconciled False')), 'it is told');
        assert.deepEqual([isBound(), isKept()], [true, true]);
        world.apply(base('ops'));
        await world.until(() => conditions(world).includes('Reconciled True'), 'all is well again');
        world.api.delete(alertmanagerConfigType, { namespace: 'shop', name: 'cart' });
        await world.until(() => !isKept(), 'the finalizer is gone');
      },
      { 'feature-gates': ['StatusForConfigurationResources=true'] },
    ));

  it('tells AlertmanagerConfigs whether they are accepted, and takes that back before it goes', () =>
    inWorld(
      async (world) => {
        await start(world);
        world.apply(config('bad', 'missing'));
        const bindings = (name: string): string[] => {
          const found = world.api.get(alertmanagerConfigType, { namespace: 'shop', name }) as
            (KubernetesObject & { status?: ConfigResourceStatus }) | undefined;
          return (found?.status?.bindings ?? []).map(
            ({ resource, conditions }) => `${resource} ${conditions?.[0]?.status ?? ''}`,
          );
        };
        await world.until(() => bindings('bad').length === 1, 'the binding is there');
        assert.deepEqual([bindings('cart'), bindings('bad')], [['alertmanagers True'], ['alertmanagers False']]);
        world.api.delete(alertmanagerType, main);
        await world.until(() => world.api.get(alertmanagerType, main) === undefined, 'the Alertmanager is gone');
        assert.deepEqual([bindings('cart'), bindings('bad')], [[], []]);
      },
      { 'feature-gates': ['StatusForConfigurationResources=true'] },
    ));

  it('makes the StatefulSet anew for an immutable field, puts back what was changed by hand, and cleans up', () =>
    inWorld(async (world) => {
      await start(world);
      const uid = set(world)?.metadata.uid;
      world.apply(alertmanager({ replicas: 2, storage: { volumeClaimTemplate: { spec: claim } } }));
      await world.until(() => ![undefined, uid].includes(set(world)?.metadata.uid), 'the set is a new one');
      await world.until(isAvailable(world), 'it is available again');
      assert.equal(world.recreations(), 1);
      const name = { namespace: 'monitoring', name: generated };
      world.api.delete(secretType, name);
      await world.until(() => text(world).includes('shop/cart/hook'), 'the Secret is back');
      world.api.delete(alertmanagerType, main);
      await world.until(
        () => world.api.get(statefulSetType, { ...name, name: 'alertmanager-main' }) === undefined,
        'gone',
      );
    }));
});

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
