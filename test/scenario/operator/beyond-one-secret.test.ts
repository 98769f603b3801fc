import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretType, statefulSetType } from '../../../src/api/builtin-types.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import type { StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import { makeNoise } from '../../e2e/support/noise.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

/** Nine kilobytes compressed. */
const makeNoisy = (number: number): object =>
  monitor(`app-${number}`, { relabelings: [{ targetLabel: 'noise', replacement: makeNoise(number, 12_000) }] });

function addMonitors(world: World, from: number, to: number): void {
  for (let number = from; number < to; number += 1) world.apply(makeNoisy(number));
}

const removeMonitors = (world: World, from: number, to: number): void => {
  for (let number = from; number < to; number += 1)
    world.api.delete(serviceMonitorType, { namespace: 'shop', name: `app-${number}` });
};

const listSecrets = (world: World): string[] =>
  world.api
    .list(secretType, { namespace: 'monitoring' })
    .items.map(({ metadata }) => metadata.name ?? '')
    .filter((name) => name === 'prometheus-main' || name.includes('-scrape-configs'));

const findConfigVolume = (world: World) =>
  (world.statefulSet() as StatefulSet | undefined)?.spec.template.spec.volumes?.find(({ name }) => name === 'config');

/** As the controller does once every pod runs with the new template. */
function finishRollout(world: World): void {
  const set = world.statefulSet() as StatefulSet;
  const { generation = 1 } = set.metadata;
  const revision = `r-${generation}`;
  const status = { observedGeneration: generation, currentRevision: revision, updateRevision: revision };
  const next: StatefulSet = { ...set, status: { ...set.status, ...status } };
  world.api.updateStatus(statefulSetType, next);
}

const tellsOfIt = (world: World): number => world.events.filter(({ reason }) => reason === 'FileNearlyFull').length;

describe('a configuration near the size of a Secret', () => {
  it('is told of once while it grows, and no more when it has shrunk', async () => {
    await inWorld(async (world) => {
      addMonitors(world, 0, 100);
      world.apply(prometheus('main'));
      await world.until(() => world.condition('NearLimit').startsWith('True FileNearlyFull'), 'it is told');
      addMonitors(world, 100, 103);
      await world.pass(1000);
      assert.equal(tellsOfIt(world), 1);
      removeMonitors(world, 0, 60);
      await world.until(() => world.condition('NearLimit') === '', 'there is room again');
    });
  });

  it('goes on in further ones, and the one that is mounted no more is removed after the rollout', async () => {
    await inWorld(async (world) => {
      addMonitors(world, 0, 60);
      world.apply(prometheus('main'));
      await world.until(
        () => findConfigVolume(world)?.secret?.secretName === 'prometheus-main',
        'one Secret is mounted',
      );
      addMonitors(world, 60, 150);
      await world.until(() => findConfigVolume(world)?.projected?.sources?.length === 17, 'several are mounted');
      await world.pass(1000);
      assert.ok(listSecrets(world).includes('prometheus-main'), 'pods that run mount it');
      finishRollout(world);
      addMonitors(world, 150, 151);
      await world.until(() => !listSecrets(world).includes('prometheus-main'), 'nobody mounts it');
      assert.ok(listSecrets(world).length > 2);
      assert.equal(world.condition('NearLimit'), '');
    });
  });
});
