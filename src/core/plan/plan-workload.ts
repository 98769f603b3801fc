import type { KubernetesObject } from '../../api/meta.ts';
import { listSets } from '../desired/steps.ts';
import { hashPods } from '../disruption/approval.ts';
import type { SetObject } from '../disruption/effect.ts';
import type { RenderedWorkload } from '../kinds/render.ts';
import { listCarriedOut, noGaps } from './carried-out.ts';
import type { CarriedOut, Gaps, Surroundings } from './carried-out.ts';
import { pairObjects, removeObject } from './object-changes.ts';
import type { ObjectPair } from './object-changes.ts';
import { compareParts } from './part-changes.ts';
import type { ObjectChange, PodChange, WorkloadPlan } from './plan-model.ts';
import { judgeClaims, judgePods, listImmutable } from './pod-changes.ts';
import { compareRejections } from './rejection-changes.ts';
import type { Standing } from './standing.ts';
import { judgeMount } from './taken-by.ts';
import { compareTargets, mayMoveTargets } from './target-changes.ts';
import { sizeVolumes } from './volume-changes.ts';
import type { SizedPair } from './volume-changes.ts';

/** A workload before and after. */
export interface WorkloadPair {
  readonly from: Standing | undefined;
  readonly to: RenderedWorkload | undefined;
}

const nothing: CarriedOut = { steps: [], failures: [] };
const unplanned = { objects: [], pods: [], claims: [], refusals: [], parts: [], rejections: [] };

/** What the operator does to one workload. */
export function planWorkload(pair: WorkloadPair, surroundings: Surroundings): WorkloadPlan {
  const { from, to } = pair;
  const gaps = findGaps(pair, surroundings);
  const carriedOut = to === undefined ? nothing : listCarriedOut(to, surroundings);
  const failures = [...(from?.failures ?? []), ...gaps.failures, ...carriedOut.failures];
  const named = { ...nameSides(from, to), failures };
  if ((from?.failures ?? []).length > 0) return { ...named, action: 'unknown', ...unplanned };
  const pairs = pairAll(pair, carriedOut, surroundings)
    .filter((one) => !gaps.hides(one.to ?? one.from ?? { metadata: {} }))
    .map((one) => sizeVolumes(one, surroundings));
  const refusals = pairs.flatMap(({ refusal }) => refusal ?? []);
  const sets = pairs.flatMap(readSet);
  const running = (from?.owned ?? []).filter(isSet);
  const objects = pairs.flatMap((one) => describePair(one, running));
  const pods = sets.flatMap(judgePods);
  const said = compareSaid(pair, gaps.isBlind, surroundings.discovered);
  const differs = objects.length + said.rejections.length + refusals.length > 0;
  return {
    ...named,
    action: failures.length > 0 ? 'unknown' : chooseAction(pair, differs),
    ...(isPaused(to) ? { paused: true } : {}),
    ...{ objects, pods, claims: sets.flatMap(judgeClaims), refusals, ...said },
    ...describeApproval(pods, to),
  };
}

/** What stands for the pods as they are to be, where that restarts or replaces some. */
const describeApproval = (pods: readonly PodChange[], to: WorkloadPair['to']): Pick<WorkloadPlan, 'approval'> =>
  pods.some(needsApproval) ? { approval: hashPods(listSets(to?.desired?.steps ?? [])) } : {};

const needsApproval = ({ verb, pods }: PodChange): boolean => (verb === 'restart' || verb === 'recreate') && pods !== 0;

function findGaps({ from, to }: WorkloadPair, surroundings: Surroundings): Gaps {
  const some = to ?? from;
  return some === undefined ? noGaps : surroundings.gapsOf(some);
}

const isPaused = (to: WorkloadPair['to']): boolean => to?.instance.spec.paused === true;

/** The objects of the workload before and after. */
function pairAll({ from, to }: WorkloadPair, { steps }: CarriedOut, { now }: Surroundings): ObjectPair[] {
  if (to === undefined) return (from?.owned ?? []).map(removeObject);
  return pairObjects(from?.objects ?? [], steps, {
    owner: { kind: to.kind.type.kind, metadata: to.instance.metadata },
    now,
  });
}

/** What its configuration says, and which objects are left out of it. */
function compareSaid(
  { from, to }: WorkloadPair,
  isBlind: boolean,
  discovered: Surroundings['discovered'],
): Pick<WorkloadPlan, 'parts' | 'rejections' | 'targets'> {
  if (isBlind || isPaused(to)) return { parts: [], rejections: [] };
  const rejections = compareRejections(from?.desired, to?.desired);
  if (from === undefined || to?.desired === undefined) return { parts: [], rejections };
  const parts = compareParts(from, to.desired);
  const isAsked = discovered !== undefined && mayMoveTargets(from, to.desired, parts);
  const targets = isAsked ? compareTargets(from, to.desired, discovered) : undefined;
  return { parts, rejections, ...(targets === undefined ? {} : { targets }) };
}

function nameSides(
  from: WorkloadPair['from'],
  to: WorkloadPair['to'],
): Pick<WorkloadPlan, 'kind' | 'namespace' | 'name'> {
  const some = to ?? from;
  const { namespace = '', name = '' } = some?.instance.metadata ?? {};
  return { kind: some?.kind.type.kind ?? '', namespace, name };
}

function chooseAction({ from, to }: WorkloadPair, differs: boolean): WorkloadPlan['action'] {
  if (from === undefined) return 'create';
  if (to === undefined) return 'delete';
  return differs ? 'change' : 'none';
}

const isSet = (object: KubernetesObject): object is SetObject =>
  object.kind === 'StatefulSet' || object.kind === 'DaemonSet';

interface ComparedSet {
  readonly from: SetObject | undefined;
  readonly to: SetObject | undefined;
  readonly fields: ObjectPair['fields'];
  readonly grows: boolean;
}

/** Of a shard that is retained nothing changes but its deadline. */
function readSet({ action, from, to, podFields, grows = false }: SizedPair): ComparedSet[] {
  const kind = (to ?? from)?.kind;
  const isOther = kind !== 'StatefulSet' && kind !== 'DaemonSet';
  if (isOther || action === 'retain' || (action === 'none' && to === undefined)) return [];
  return [{ from: from as SetObject | undefined, to: to as SetObject | undefined, fields: podFields, grows }];
}

/** @param running the sets whose pods run. */
function describePair({ action, from, to, ...rest }: SizedPair, running: readonly SetObject[]): ObjectChange[] {
  const { fields } = rest;
  if (action === 'none') return [];
  const { kind = '', metadata } = to ?? from ?? { metadata: {} };
  const { name = '' } = metadata;
  const change = { action, kind, name, fields };
  if (action !== 'update') return [change];
  if (kind === 'Secret' || kind === 'ConfigMap') {
    const isContent = fields.some(({ hidden }) => hidden === true);
    return [isContent ? { ...change, takenBy: judgeMounts(kind, name, running) } : change];
  }
  return [kind === 'StatefulSet' || kind === 'DaemonSet' ? describeSet(change, rest) : change];
}

/** Not all of a set can be changed in place. */
function describeSet(change: ObjectChange, { podFields, grows }: Pick<SizedPair, 'podFields' | 'grows'>): ObjectChange {
  const immutable = listImmutable(change.kind, podFields);
  if (immutable.length > 0) return { ...change, action: 'recreate', immutable };
  return grows === true ? { ...change, action: 'renew' } : change;
}

/** By the pods that run: all sets of a workload mount the same. */
function judgeMounts(kind: string, name: string, running: readonly SetObject[]): NonNullable<ObjectChange['takenBy']> {
  const [first] = running;
  return first === undefined ? 'none' : judgeMount(first.spec.template, kind, name);
}
