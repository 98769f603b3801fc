import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statefulSetType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { inputHashAnnotation } from '../../../src/core/render/shared/input-hash.ts';
import { inWorld, prometheus } from './world.ts';
import type { World } from './world.ts';

const name = { namespace: 'monitoring', name: 'prometheus-main' };
const theirs = '17293822569102704640';

const hashOf = (object: KubernetesObject | undefined): string | undefined =>
  object?.metadata.annotations?.[inputHashAnnotation];

/** Another operator writes its own hash, and whatever else it thinks right. */
function writeAsRival(world: World, spec: object = {}): void {
  const body = { metadata: { annotations: { [inputHashAnnotation]: theirs } }, spec };
  world.api.patch(statefulSetType, name, { kind: 'merge', body, fieldManager: 'rival' });
}

const updates = (world: World): number =>
  world.writes.filter((write) => write === 'update statefulsets monitoring/prometheus-main').length;
const warnings = (world: World) => world.events.filter(({ reason }) => reason === 'AnotherOperator');

async function begin(world: World): Promise<void> {
  world.apply(prometheus('main'));
  await world.until(() => world.statefulSet() !== undefined, 'the StatefulSet is there');
  await world.pass(1000);
}

/** The rival answers each write of ours with one of its own, as it would at each event. */
async function fight(world: World, rounds: number, spec?: object): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    if (hashOf(world.statefulSet()) !== theirs) writeAsRival(world, spec);
    await world.pass(1000);
  }
}

describe('the operator beside another one', () => {
  it('takes over from one that was there before without a word', () =>
    inWorld(async (world) => {
      await begin(world);
      writeAsRival(world);
      await world.pass(5000);
      assert.notEqual(hashOf(world.statefulSet()), theirs);
      assert.deepEqual(warnings(world), []);
    }));

  it('says so once, and does not fight over the hash alone', () =>
    inWorld(async (world) => {
      await begin(world);
      await fight(world, 20);
      assert.deepEqual(
        warnings(world).map(({ regarding, note }) => [regarding.kind, regarding.metadata.name, note.slice(0, 49)]),
        [['Prometheus', 'main', 'Another operator keeps changing "prometheus-main"']],
      );
      assert.ok(updates(world) <= 4, `${updates(world)} updates`);
      assert.equal(hashOf(world.statefulSet()), theirs);
    }));

  it('goes on putting right what the other one changes in the spec', () =>
    inWorld(async (world) => {
      await begin(world);
      await fight(world, 8, { replicas: 7 });
      await world.pass(2000);
      const { spec } = world.statefulSet() as KubernetesObject & { spec: { replicas: number } };
      assert.equal(spec.replicas, 1);
      assert.equal(warnings(world).length, 1);
    }));

  it('writes its hash again once the other one is gone for a while', () =>
    inWorld(async (world) => {
      await begin(world);
      await fight(world, 6);
      assert.equal(hashOf(world.statefulSet()), theirs);
      await world.pass(600_000);
      world.apply(prometheus('main', { replicas: 2 }));
      await world.until(() => hashOf(world.statefulSet()) !== theirs, 'the hash is ours');
    }));
});
