import type { KubernetesObject } from '../../api/meta.ts';
import type { Step } from '../desired/steps.ts';
import { chooseSurplusGuards } from '../desired/guard-steps.ts';
import { listStepObjects } from '../desired/steps.ts';
import { equalJson } from '../../base/json.ts';
import type { FieldDifference } from '../render/shared/differences.ts';
import { guardKinds, isGuard, isGuardOf } from '../render/shared/guard.ts';
import type { Guard, GuardOwner } from '../render/shared/guard.ts';
import { inputHashAnnotation, reviseStamped } from '../render/shared/input-hash.ts';
import type { ConfigMap, DaemonSet, Secret, Service, StatefulSet } from '../render/shared/rendered-objects.ts';
import {
  reviseConfigMap,
  reviseDaemonSet,
  reviseGuard,
  reviseSecret,
  reviseService,
} from '../render/shared/revision.ts';
import type { FieldChange, ObjectAction } from './plan-model.ts';
import { readPath } from './read-path.ts';
import { nameOf } from './standing.ts';

/** An object of a workload before and after. */
export interface ObjectPair {
  readonly action: Exclude<ObjectAction, 'recreate' | 'renew'> | 'none';
  readonly from: KubernetesObject | undefined;
  readonly to: KubernetesObject | undefined;
  readonly fields: readonly FieldChange[];
}

/** What differs when `to` is written over `from`, in the operator's own way: what it leaves alone is no change. */
export function compareObjects(from: KubernetesObject, to: KubernetesObject): FieldChange[] {
  const changes = revise(from, to).map((one) => toChange(one, from, to));
  const others = changes.filter(({ path }) => !path.includes(inputHashAnnotation));
  return others.length > 0 ? others : changes;
}

function revise(from: KubernetesObject, to: KubernetesObject): readonly FieldDifference[] {
  switch (to.kind) {
    case 'StatefulSet':
      return reviseStamped(from as StatefulSet, to as StatefulSet).differences;
    case 'DaemonSet':
      return reviseDaemonSet(from as DaemonSet, to as DaemonSet).differences;
    case 'Secret':
      return compareContents(reviseSecret(from, to).differences, from, to);
    case 'ConfigMap':
      return compareContents(reviseConfigMap(from, to).differences, from, to);
    case 'PodDisruptionBudget':
    case 'NetworkPolicy':
      return reviseGuard(from as Guard, to as Guard).differences;
    default:
      return reviseService(from as Service, to as Service).differences;
  }
}

const hidden = 'hidden';

/** Whether a difference is about contents, which the operator's own comparison tells by their size alone. */
const isContent = (path: string): boolean => path.startsWith('data[');

function compareContents(
  differences: readonly FieldDifference[],
  from: Secret | ConfigMap,
  to: Secret | ConfigMap,
): FieldDifference[] {
  if (equalJson(from.data, to.data)) return differences.filter(({ path }) => !isContent(path));
  const hide = (value: unknown): unknown => (value === undefined ? undefined : hidden);
  return differences.map((one) =>
    isContent(one.path) ? { path: one.path, desired: hide(one.desired), live: hide(one.live) } : one,
  );
}

/** As it is written, not as the API server would store it: "10Gi", not its number of bytes. */
function spell(object: KubernetesObject, path: string, value: unknown): unknown {
  const written = readPath(object, path);
  return isScalar(value) && isScalar(written) ? written : value;
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

function toChange(difference: FieldDifference, from: KubernetesObject, to: KubernetesObject): FieldChange {
  const { path } = difference;
  const isHidden = isContent(path);
  const live = isHidden ? difference.live : spell(from, path, difference.live);
  const desired = isHidden ? difference.desired : spell(to, path, difference.desired);
  return {
    path,
    ...(live === undefined ? {} : { from: live }),
    ...(desired === undefined ? {} : { to: desired }),
    ...(isHidden ? { hidden: true as const } : {}),
  };
}

/** A set is compared as it was rendered: the stamp is what comparing adds. */
const unstamped = (steps: readonly Step[]): Map<string, KubernetesObject> =>
  new Map(steps.flatMap((step) => (step.kind === 'stateful-set' ? [[nameOf(step.object), step.object] as const] : [])));

/** What decides about removal besides the steps. */
export interface PairOptions {
  /** The workload. */
  readonly owner: GuardOwner;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The objects of one workload, as a sync with the steps `to` finds those that there are in its namespace: in the order in
 * which they are written, then what is removed. What no step removes is left where it is.
 */
export function pairObjects(
  live: readonly KubernetesObject[],
  to: readonly Step[],
  options: PairOptions,
): ObjectPair[] {
  const before = new Map(live.map((object) => [nameOf(object), object]));
  const bare = unstamped(to);
  const once = new Set(
    to.flatMap((step) => (step.kind === 'write' && step.once === true ? [nameOf(step.object)] : [])),
  );
  const written = listStepObjects(to).map((object): ObjectPair => {
    const old = before.get(nameOf(object));
    if (old === undefined) return { action: 'create', from: undefined, to: object, fields: [] };
    if (isGuard(object) && !isGuardOf(old, options.owner)) return { action: 'none', from: old, to: object, fields: [] };
    const fields = once.has(nameOf(object)) ? [] : compareObjects(old, bare.get(nameOf(object)) ?? object);
    return { action: fields.length > 0 ? 'update' : 'none', from: old, to: object, fields };
  });
  const staying = live.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return [...written, ...to.flatMap((step) => listRemoved(step, staying, options))];
}

/** An object that goes. */
export const removeObject = (object: KubernetesObject): ObjectPair => ({
  action: 'delete',
  from: object,
  to: undefined,
  fields: [],
});

function listRemoved(step: Step, live: readonly KubernetesObject[], { owner, now }: PairOptions): ObjectPair[] {
  const ofKind = (kind: string): KubernetesObject[] => live.filter((object) => object.kind === kind);
  if (step.kind === 'prune')
    return step.choose(ofKind(step.type), ofKind('StatefulSet') as StatefulSet[]).map(removeObject);
  if (step.kind === 'guards')
    return guardKinds.flatMap((kind) =>
      chooseSurplusGuards(step, owner, { kind, live: ofKind(kind) }).map(removeObject),
    );
  if (step.kind === 'daemon-set' && step.object === undefined)
    return ofKind('DaemonSet')
      .filter(({ metadata }) => metadata.name === step.name && isOwnedBy(metadata, owner.metadata.uid))
      .map(removeObject);
  if (step.kind !== 'surplus-sets') return [];
  return step.decide(ofKind('StatefulSet') as StatefulSet[], now).map(({ kind, statefulSet }) => {
    const action = kind === 'delete' ? 'delete' : kind === 'retain' ? 'retain' : 'none';
    return { action, from: statefulSet, to: undefined, fields: [] };
  });
}

const isOwnedBy = ({ ownerReferences = [] }: KubernetesObject['metadata'], uid: string | undefined): boolean =>
  ownerReferences.some((owner) => owner.uid === uid);
