import assert from 'node:assert/strict';
import {
  configMapType,
  daemonSetType,
  disruptionBudgetType,
  networkPolicyType,
  podType,
  secretType,
  serviceType,
  statefulSetType,
  volumeClaimType,
} from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import type { Plan } from '../../../src/core/plan/plan-model.ts';
import type { VolumeClaimObject } from '../../../src/core/status/volume-claims.ts';
import type { World } from './world.ts';

const written: readonly ResourceType[] = [
  ...[secretType, configMapType, serviceType, statefulSetType, daemonSetType],
  ...[disruptionBudgetType, networkPolicyType],
];

/** What the operator has written, without what others write into it. */
export type Snapshot = ReadonlyMap<string, { readonly uid: string; readonly content: string }>;

const isOwned = ({ metadata }: KubernetesObject): boolean => metadata.labels?.['managed-by'] === 'prometheus-operator';

export function takeSnapshot(world: World): Snapshot {
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
export const listPods = (world: World): ReadonlyMap<string, string> =>
  new Map(
    world.api
      .list(podType, { namespace: 'monitoring' })
      .items.filter(({ metadata }) => metadata.ownerReferences?.[0]?.kind === 'StatefulSet')
      .map(({ metadata }) => [metadata.name ?? '', metadata.uid ?? '']),
  );

/** Capacity of volume claims by name. */
export const listSizes = (world: World): [name: string, capacity: string][] =>
  world.api.list(volumeClaimType, { namespace: 'monitoring' }).items.map((claim) => {
    const { metadata, status } = claim as unknown as VolumeClaimObject;
    return [metadata.name ?? '', String(status?.capacity?.storage)];
  });

export function compareSnapshots(before: Snapshot, after: Snapshot): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (old === undefined) return [`create ${key}`];
    if (now === undefined) return [`delete ${key}`];
    if (old.uid !== now.uid) return [`recreate ${key}`];
    return old.content === now.content ? [] : [`update ${key}`];
  });
}

export function comparePods(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Record<string, number> {
  const same = [...before].filter(([name]) => after.has(name));
  return {
    replaced: same.filter(([name, uid]) => after.get(name) !== uid).length,
    stopped: before.size - same.length,
    started: after.size - same.length,
  };
}

export const listPlanned = ({ workloads, services }: Plan): string[] =>
  [...workloads.flatMap(({ objects }) => objects), ...services].map(
    // Around its pods or not: another set has its name; what became of pods is compared beside it.
    ({ action, kind, name }) => `${action === 'renew' ? 'recreate' : action} ${kind} ${name}`,
  );

export function remove(world: World, { apiVersion = '', kind, metadata }: KubernetesObject): void {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const type = world.api.resources().find((one) => one.kind === kind && one.group === group && one.version === version);
  assert.ok(type);
  world.api.delete(type, { namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}

const quietMs = 5_000;
const quietTimes = 3;

/** Until nothing is being deleted and nothing has changed three times in a row. */
export async function settle(world: World): Promise<void> {
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
