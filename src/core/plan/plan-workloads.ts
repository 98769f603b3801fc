import type { KubernetesObject } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import { compareBytes } from '../../base/order.ts';
import type { Step } from '../desired/steps.ts';
import { InvalidFieldError } from '../findings.ts';
import { workloadKinds } from '../kinds/registry.ts';
import { listGoverningServices, renderWorkloads } from '../kinds/render.ts';
import type { RenderedWorkload } from '../kinds/render.ts';
import { readSources } from '../manifests/sources.ts';
import { codeOf } from '../reasons/lookup.ts';
import type { OperatorSettings } from '../settings.ts';
import { carryIdentity } from './carry-identity.ts';
import { compareObjects, pairObjects } from './object-changes.ts';
import type { ObjectPair } from './object-changes.ts';
import { compareParts } from './part-changes.ts';
import type { ObjectChange, Plan, PlanFailure, ServiceChange, WorkloadPlan } from './plan-model.ts';
import { judgeClaims, judgePods, listImmutable } from './pod-changes.ts';
import type { SetObject } from './pod-changes.ts';
import { summarise } from './summarise.ts';
import { compareRejections } from './rejection-changes.ts';
import { judgeMount } from './taken-by.ts';
import { listStorageClasses, sizeVolumes } from './volume-changes.ts';
import type { SizedPair, StorageClass } from './volume-changes.ts';

/**
 * What the operator would do when the manifests `from`, which it has brought about, become `to`: to the objects that it writes, and
 * to pods. Nothing else is looked at: what is not in the manifests is not there.
 */
export function planChange(
  from: readonly KubernetesObject[],
  to: readonly KubernetesObject[],
  settings: OperatorSettings,
): Plan {
  const carried = carryIdentity(from, to);
  const [before, after] = [readSources(carried.from), readSources(carried.to)];
  const [old, wanted] = [renderWorkloads(before, settings), renderWorkloads(after, settings)].map(indexByName);
  const keys = [...new Set([...(old?.keys() ?? []), ...(wanted?.keys() ?? [])])].sort(compareBytes);
  const classes = listStorageClasses(carried.to);
  const workloads = keys.map((key) => planWorkload(old?.get(key), wanted?.get(key), classes));
  const services = compareServices(
    listGoverningServices(before, settings),
    listGoverningServices(after, settings),
    new Set(wanted?.keys()),
  );
  return { summary: summarise(workloads, services), workloads, services };
}

/** Kinds in their order, then namespaces and names. */
const indexByName = (all: readonly RenderedWorkload[]): Map<string, RenderedWorkload> =>
  new Map(all.map((one) => [nameWorkload(one.kind.type.kind, one.instance), one]));

const order = workloadKinds.map(({ type }) => type.kind);

const nameWorkload = (kind: string, { metadata }: KubernetesObject): string =>
  `${order.indexOf(kind)} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

type Side = RenderedWorkload | undefined;

function planWorkload(from: Side, to: Side, classes: readonly StorageClass[]): WorkloadPlan {
  const failures = [...listFailures(from, 'from'), ...listFailures(to, 'to')];
  const named = { ...nameSides(from, to), failures };
  if (failures.length > 0)
    return { ...named, action: 'unknown', objects: [], pods: [], claims: [], refusals: [], parts: [], rejections: [] };
  const objectPairs = to === undefined ? removeAll(from) : pairObjects(listSteps(from), listSteps(to));
  const pairs = objectPairs.map((pair) => sizeVolumes(pair, classes));
  const refusals = pairs.flatMap(({ refusal }) => refusal ?? []);
  const sets = pairs.flatMap(readSet);
  const rejections = compareRejections(from?.desired, to?.desired);
  const objects = pairs.flatMap((pair) => describePair(pair, sets));
  return {
    ...named,
    action: chooseAction(from, to, objects.length + rejections.length + refusals.length > 0),
    objects,
    pods: sets.flatMap(judgePods),
    claims: sets.flatMap(judgeClaims),
    refusals,
    parts: from === undefined || to === undefined ? [] : compareParts(from.desired, to.desired),
    rejections,
  };
}

function nameSides(from: Side, to: Side): Pick<WorkloadPlan, 'kind' | 'namespace' | 'name'> {
  const some = to ?? from;
  const { namespace = '', name = '' } = some?.instance.metadata ?? {};
  return { kind: some?.kind.type.kind ?? '', namespace, name };
}

const listSteps = (side: Side): readonly Step[] => side?.desired?.steps ?? [];

function chooseAction(from: Side, to: Side, differs: boolean): WorkloadPlan['action'] {
  if (from === undefined) return 'create';
  if (to === undefined) return 'delete';
  return differs ? 'change' : 'none';
}

/** What it owns goes with the workload. */
function removeAll(from: Side): ObjectPair[] {
  const all = pairObjects([], listSteps(from));
  return all.map(({ to }) => ({ action: 'delete', from: to, to: undefined, fields: [] }));
}

function listFailures(side: Side, name: PlanFailure['side']): PlanFailure[] {
  return (side?.failures ?? []).map((failure) => ({
    side: name,
    message: describeError(failure),
    ...(failure instanceof InvalidFieldError ? { code: codeOf(failure.rejection.reason) } : {}),
  }));
}

interface ComparedSet {
  readonly from: SetObject | undefined;
  readonly to: SetObject | undefined;
  readonly fields: ObjectPair['fields'];
  readonly grows: boolean;
}

/** Of a shard that is retained nothing changes but its deadline. */
function readSet({ action, from, to, podFields, grows = false }: SizedPair): ComparedSet[] {
  const kind = (to ?? from)?.kind;
  if (
    (kind !== 'StatefulSet' && kind !== 'DaemonSet') ||
    action === 'retain' ||
    (action === 'none' && to === undefined)
  )
    return [];
  return [{ from: from as SetObject | undefined, to: to as SetObject | undefined, fields: podFields, grows }];
}

function describePair({ action, from, to, ...rest }: SizedPair, sets: readonly ComparedSet[]): ObjectChange[] {
  const { fields, podFields, grows } = rest;
  if (action === 'none') return [];
  const { kind = '', metadata } = to ?? from ?? { metadata: {} };
  const { name = '' } = metadata;
  const change = { action, kind, name, fields };
  if (action !== 'update') return [change];
  if (kind === 'Secret' || kind === 'ConfigMap') {
    const isContent = fields.some(({ hidden }) => hidden === true);
    return [isContent ? { ...change, takenBy: judgeMounts(kind, name, sets) } : change];
  }
  const immutable = listImmutable(kind, podFields);
  if (immutable.length > 0) return [{ ...change, action: 'recreate', immutable }];
  return [grows === true ? { ...change, action: 'renew' } : change];
}

/** By the pods that run: all sets of a workload mount the same. */
function judgeMounts(kind: string, name: string, sets: readonly ComparedSet[]): NonNullable<ObjectChange['takenBy']> {
  const running = sets.flatMap(({ from }) => (from === undefined ? [] : [from]));
  const [first] = running;
  return first === undefined ? 'none' : judgeMount(first.spec.template, kind, name);
}

/** Services go with the last of their owners. @param wanted the workloads that stay. */
function compareServices(
  from: readonly KubernetesObject[],
  to: readonly KubernetesObject[],
  wanted: ReadonlySet<string>,
): ServiceChange[] {
  const [before, after] = [from, to].map((list) => new Map(list.map((object) => [keyOf(object), object])));
  const keys = [...new Set([...from, ...to].map((object) => keyOf(object)))].sort(compareBytes);
  return keys.flatMap((key): ServiceChange[] => {
    const [old, object] = [before?.get(key), after?.get(key)];
    const { name = '', namespace = '' } = (object ?? old)?.metadata ?? {};
    const change = { kind: 'Service', namespace, name, fields: [] };
    if (old === undefined) return [{ ...change, action: 'create' }];
    if (object === undefined) return isOwned(old, wanted) ? [] : [{ ...change, action: 'delete' }];
    const fields = compareObjects(old, object);
    return fields.length === 0 ? [] : [{ ...change, action: 'update', fields }];
  });
}

const isOwned = ({ metadata }: KubernetesObject, wanted: ReadonlySet<string>): boolean =>
  (metadata.ownerReferences ?? []).some(({ kind, name }) =>
    wanted.has(nameWorkload(kind, { metadata: { ...metadata, name } })),
  );
