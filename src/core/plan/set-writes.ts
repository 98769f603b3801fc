import type { KubernetesObject, NamespacedName } from '../../api/meta.ts';
import type { Step } from '../desired/steps.ts';
import { reviseStamped, stampStatefulSet } from '../render/shared/input-hash.ts';
import type { DaemonSet, StatefulSet } from '../render/shared/rendered-objects.ts';
import { reviseDaemonSet } from '../render/shared/revision.ts';
import { judgeStorage } from '../render/shared/storage-change.ts';
import { listImmutable } from './pod-changes.ts';
import { compareObjects } from './object-changes.ts';
import type { PlanInput } from './plan-workloads.ts';
import { nameOf } from './standing.ts';
import { listClaimNames } from './volume-changes.ts';

/** A StatefulSet or DaemonSet that the operator would send to the API server. */
export interface SetWrite {
  /** `recreate`: deleted, and created under its name again. */
  readonly action: 'create' | 'update' | 'recreate';
  readonly object: KubernetesObject;
}

/** The sets of all workloads that are written, as they are sent: whether they are taken only the API server can say. */
export function listSetWrites({ before, after }: Pick<PlanInput, 'before' | 'after'>): SetWrite[] {
  const live = indexSets(before);
  return after.flatMap(({ desired, instance }) => {
    if (instance.spec.paused === true) return [];
    return (desired?.steps ?? []).flatMap((step) => {
      const object = readSet(step);
      return object === undefined ? [] : listWrites(object, live.get(keyOfSet(object)));
    });
  });
}

const keyOfSet = (set: KubernetesObject): string => `${set.metadata.namespace ?? ''}/${nameOf(set)}`;

const indexSets = (before: PlanInput['before']): Map<string, KubernetesObject> =>
  new Map(before.flatMap(({ objects }) => objects.map((object) => [keyOfSet(object), object] as const)));

function readSet(step: Step): StatefulSet | DaemonSet | undefined {
  return step.kind === 'stateful-set' || step.kind === 'daemon-set' ? step.object : undefined;
}

const isStateful = (set: StatefulSet | DaemonSet): set is StatefulSet => set.kind === 'StatefulSet';

function listWrites(set: StatefulSet | DaemonSet, live: KubernetesObject | undefined): SetWrite[] {
  const made = isStateful(set) ? stampStatefulSet(set) : set;
  if (live === undefined) return [{ action: 'create', object: made }];
  const fields = compareObjects(live, set);
  if (fields.length === 0) return [];
  if (listImmutable(set.kind ?? '', fields).length > 0) return [{ action: 'recreate', object: made }];
  const { object } = isStateful(set)
    ? reviseStamped(live as StatefulSet, set)
    : reviseDaemonSet(live as DaemonSet, set);
  return [{ action: 'update', object }];
}

/** The claims of sets whose volumes are to be larger: how they are decides what comes of it. */
export function listGrowingClaims({ before, after }: Pick<PlanInput, 'before' | 'after'>): NamespacedName[] {
  const live = indexSets(before);
  return after.flatMap(({ desired }) =>
    (desired?.steps ?? []).flatMap((step) => {
      if (step.kind !== 'stateful-set') return [];
      const found = live.get(keyOfSet(step.object)) as StatefulSet | undefined;
      const change = found === undefined ? undefined : judgeStorage(found, step.object);
      return found === undefined || change?.kind !== 'grow' ? [] : listClaimNames(found, change);
    }),
  );
}
