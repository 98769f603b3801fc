import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  configMapType,
  daemonSetType,
  podType,
  secretType,
  serviceType,
  statefulSetType,
  volumeClaimType,
} from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { parseYamlDocuments } from '../../../src/base/yaml.ts';
import { chooseSettings } from '../../../src/cli/settings.ts';
import type { Plan } from '../../../src/core/plan/plan-model.ts';
import { planChange } from '../../../src/core/plan/plan-workloads.ts';
import type { VolumeClaimObject } from '../../../src/core/status/volume-claims.ts';
import { inWorld } from './world.ts';
import type { World } from './world.ts';

/** The golden cases of `stoker plan` carried out: what the operator then does is what was planned, no less and no more. */
const cases = fileURLToPath(new URL('../../golden/plan/', import.meta.url));
const featureGates = 'PrometheusAgentDaemonSet=true';
const written: readonly ResourceType[] = [secretType, configMapType, serviceType, statefulSetType, daemonSetType];

const readCase = (name: string, side: 'from' | 'to'): KubernetesObject[] =>
  parseYamlDocuments(readFileSync(join(cases, name, `${side}.yaml`), 'utf8')) as KubernetesObject[];

/** What the operator has written, without what others write into it. */
type Snapshot = ReadonlyMap<string, { readonly uid: string; readonly content: string }>;

const isOwned = ({ metadata }: KubernetesObject): boolean => metadata.labels?.['managed-by'] === 'prometheus-operator';

function takeSnapshot(world: World): Snapshot {
  const all = written.flatMap((type) =>
    world.api.list(type, { namespace: 'monitoring' }).items.map((object) => ({ ...object, kind: type.kind })),
  );
  return new Map(
    all.filter(isOwned).map(({ kind, metadata, ...object }) => {
      const { labels, annotations } = metadata;
      const { spec, data } = object as { spec?: unknown; data?: unknown };
      const content = JSON.stringify({ labels, annotations, spec, data });
      return [`${kind} ${metadata.name ?? ''}`, { uid: metadata.uid ?? '', content }];
    }),
  );
}

/** Pods of StatefulSets by name. */
const listPods = (world: World): ReadonlyMap<string, string> =>
  new Map(
    world.api
      .list(podType, { namespace: 'monitoring' })
      .items.filter(({ metadata }) => metadata.ownerReferences?.[0]?.kind === 'StatefulSet')
      .map(({ metadata }) => [metadata.name ?? '', metadata.uid ?? '']),
  );

/** Capacity of volume claims by name. */
const listSizes = (world: World): [name: string, capacity: string][] =>
  world.api.list(volumeClaimType, { namespace: 'monitoring' }).items.map((claim) => {
    const { metadata, status } = claim as unknown as VolumeClaimObject;
    return [metadata.name ?? '', String(status?.capacity?.storage)];
  });

function compareSnapshots(before: Snapshot, after: Snapshot): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (old === undefined) return [`create ${key}`];
    if (now === undefined) return [`delete ${key}`];
    if (old.uid !== now.uid) return [`recreate ${key}`];
    return old.content === now.content ? [] : [`update ${key}`];
  });
}

function comparePods(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Record<string, number> {
  const same = [...before].filter(([name]) => after.has(name));
  return {
    replaced: same.filter(([name, uid]) => after.get(name) !== uid).length,
    stopped: before.size - same.length,
    started: after.size - same.length,
  };
}

const listPlanned = ({ workloads, services }: Plan): string[] =>
  [...workloads.flatMap(({ objects }) => objects), ...services].map(
    // Around its pods or not: another set has its name; what became of pods is compared beside it.
    ({ action, kind, name }) => `${action === 'renew' ? 'recreate' : action} ${kind} ${name}`,
  );

function remove(world: World, { apiVersion = '', kind, metadata }: KubernetesObject): void {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const type = world.api.resources().find((one) => one.kind === kind && one.group === group && one.version === version);
  assert.ok(type);
  world.api.delete(type, { namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}

const quietMs = 5_000;
const quietTimes = 3;

/** Until nothing is being deleted and nothing has changed three times in a row. */
async function settle(world: World): Promise<void> {
  let last = '';
  for (let quiet = 0; quiet < quietTimes;) {
    await world.pass(quietMs);
    const ending = [...written, podType]
      .flatMap((type) => world.api.list(type, { namespace: 'monitoring' }).items)
      .filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    const claims = world.api.list(volumeClaimType, { namespace: 'monitoring' }).items;
    const now = JSON.stringify([[...takeSnapshot(world)], [...listPods(world)], claims, ending.length]);
    quiet = now === last && ending.length === 0 ? quiet + 1 : 0;
    last = now;
  }
}

const names = readdirSync(cases).filter((name) => name !== 'not-rendered');

describe('what stoker plan says comes true', () => {
  for (const name of names)
    it(name, () =>
      inWorld(
        async (world) => {
          const [from, to] = [readCase(name, 'from'), readCase(name, 'to')];
          for (const object of from) world.apply(object);
          await settle(world);
          const [objects, pods, sizes] = [takeSnapshot(world), listPods(world), new Map(listSizes(world))];
          assert.ok(objects.size > 3, 'the operator has written what --from holds');
          for (const object of to) world.apply(object);
          const kept = new Set(to.map(({ kind, metadata }) => `${kind ?? ''}/${metadata.name ?? ''}`));
          for (const object of from)
            if (!kept.has(`${object.kind ?? ''}/${object.metadata.name ?? ''}`)) remove(world, object);
          await settle(world);
          const plan = planChange(from, to, chooseSettings({ kubernetesVersion: '1.36', featureGates }));
          assert.deepEqual(compareSnapshots(objects, takeSnapshot(world)).sort(), listPlanned(plan).sort());
          const { restart, recreate, stop, start } = plan.summary.pods;
          const planned = { replaced: restart + recreate, stopped: stop, started: start };
          assert.deepEqual(comparePods(pods, listPods(world)), planned);
          const grown = listSizes(world).filter(([name, size]) => sizes.has(name) && sizes.get(name) !== size);
          assert.equal(grown.length, plan.summary.claimsExpanded);
        },
        { 'feature-gates': [featureGates] },
      ),
    );
});
