import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configMapType, secretType } from '../../../src/api/builtin-types.ts';
import type { FlagTexts } from '../../../src/operator/options/reader.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

const byName: FlagTexts = { 'asset-access': ['get'], 'asset-poll-interval': ['10s'] };
const login = { namespace: 'shop', name: 'login' };
const secured = monitor('cart', {
  basicAuth: { username: { name: 'login', key: 'user' }, password: { name: 'login', key: 'password' } },
});

const applySecret = (world: World, password: string): void =>
  world.apply({ apiVersion: 'v1', kind: 'Secret', metadata: login, stringData: { user: 'me', password } });

const whenJobs = (world: World, count: number): Promise<void> =>
  world.until(() => world.jobs().length === count, `there are ${count} jobs`);

const configVersion = (world: World): string | undefined =>
  world.api.get(secretType, { namespace: 'monitoring', name: 'prometheus-main' })?.metadata.resourceVersion;

describe('the operator that reads Secrets and ConfigMaps by name', () => {
  it('finds a Secret that comes, changes and goes, within the interval', () =>
    inWorld(async (world) => {
      world.apply(prometheus('main'));
      world.apply(secured);
      world.apply(monitor('open'));
      await whenJobs(world, 1);
      applySecret(world, 'first');
      await whenJobs(world, 2);
      await world.pass(20_000);
      const before = configVersion(world);
      applySecret(world, 'second');
      const changedAt = world.clock.now();
      await world.until(() => configVersion(world) !== before, 'the config is another one');
      assert.ok(world.clock.now() - changedAt <= 12_000, `${world.clock.now() - changedAt} ms`);
      world.api.delete(secretType, login);
      await whenJobs(world, 1);
    }, byName));

  it('notices that a Secret is gone which came after a look, was read, and went before the next one', () =>
    inWorld(
      async (world) => {
        world.apply(prometheus('main'));
        world.apply(secured);
        await world.pass(150_000);
        applySecret(world, 'first');
        world.apply(monitor('also'));
        await whenJobs(world, 2);
        world.api.delete(secretType, login);
        await world.pass(10_000);
        assert.equal(world.jobs().length, 2, 'the next look is a while away');
        await world.pass(90_000);
        assert.equal(world.jobs().length, 1);
      },
      { ...byName, 'asset-poll-interval': ['100s'] },
    ));

  it('writes nothing while nothing changes', () =>
    inWorld(async (world) => {
      world.apply(prometheus('main', { ruleSelector: {} }));
      world.apply(secured);
      applySecret(world, 'first');
      await whenJobs(world, 1);
      await world.pass(15_000);
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    }, byName));

  it('puts right what somebody changes or deletes among its own', () =>
    inWorld(async (world) => {
      world.apply(prometheus('main'));
      world.apply(monitor('open'));
      await whenJobs(world, 1);
      await world.pass(15_000);
      const name = { namespace: 'monitoring', name: 'prometheus-main' };
      world.api.delete(secretType, name);
      await whenJobs(world, 1);
      const body = { data: { 'prometheus.yaml.gz': null } };
      world.api.patch(secretType, name, { kind: 'merge', body, fieldManager: 'user' });
      assert.equal(world.jobs().length, 0);
      await whenJobs(world, 1);
    }, byName));

  it('removes numbered ConfigMaps that are too many, without listing them', () =>
    inWorld(async (world) => {
      const named = (index: number) => ({ namespace: 'monitoring', name: `prometheus-main-rulefiles-${index}` });
      for (const index of [1, 2]) {
        const metadata = { ...named(index), labels: { 'prometheus-name': 'main' } };
        world.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {} });
      }
      world.apply(prometheus('main', { ruleSelector: {} }));
      const exists = (index: number): boolean => world.api.get(configMapType, named(index)) !== undefined;
      await world.until(() => exists(0) && !exists(1) && !exists(2), 'one is left');
    }, byName));
});
