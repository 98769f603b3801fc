/** What an operator has made of a namespace, and what has become of it. */
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
} from '../../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../../src/api/meta.ts';
import { customKinds } from '../../../../src/api/kinds.ts';
import type { Api } from '../api.ts';
import type { Write } from '../audit.ts';
import { workloadKinds } from './pair-objects.ts';

export const writtenTypes: readonly ResourceType[] = [
  ...[secretType, configMapType, serviceType, statefulSetType, daemonSetType],
  ...[disruptionBudgetType, networkPolicyType],
];

interface Kept {
  readonly uid: string;
  readonly content: string;
}

interface PodUids {
  /** Names and uids of the pods of each set, which is called by kind and name: an agent that changes its mode has two of one name. */
  readonly [set: string]: Readonly<Record<string, string>>;
}

/** All of one namespace. */
export interface State {
  /** Objects of the operator by "Kind name". */
  readonly objects: Readonly<Record<string, Kept>>;
  readonly pods: PodUids;
}

const isManaged = ({ metadata }: KubernetesObject): boolean =>
  metadata.labels?.['managed-by'] === 'prometheus-operator';

const noteOfController = 'deprecated.daemonset.template.generation';

function keep({ metadata, ...object }: KubernetesObject): Kept {
  const { labels, annotations = {}, uid = '' } = metadata;
  const { [noteOfController]: _note, ...notes } = annotations;
  const { spec, data } = object as { readonly spec?: unknown; readonly data?: unknown };
  return { uid, content: JSON.stringify({ labels, notes, spec, data }) };
}

/** The states of namespaces, by their names. */
export async function readStates(api: Api): Promise<ReadonlyMap<string, State>> {
  const lists = await Promise.all(
    writtenTypes.map(async (type) => (await api.list(type)).map((object) => ({ kind: type.kind, object }))),
  );
  const pods = await api.list(podType);
  const states = new Map<string, { objects: Record<string, Kept>; pods: Record<string, Record<string, string>> }>();
  const stateOf = ({ metadata: { namespace = '' } }: KubernetesObject) => {
    const state = states.get(namespace) ?? { objects: {}, pods: {} };
    states.set(namespace, state);
    return state;
  };
  for (const { kind, object } of lists.flat().filter((one) => isManaged(one.object)))
    stateOf(object).objects[`${kind} ${object.metadata.name ?? ''}`] = keep(object);
  for (const pod of pods) {
    const { kind = '', name = '' } = pod.metadata.ownerReferences?.[0] ?? {};
    const set = `${kind} ${name}`;
    (stateOf(pod).pods[set] ??= {})[pod.metadata.name ?? ''] = pod.metadata.uid ?? '';
  }
  return states;
}

export const noState: State = { objects: {}, pods: {} };

/** What was written: "update Secret prometheus-main". */
export function compareObjects({ objects: before }: State, { objects: after }: State): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => {
    const [old, now] = [before[key], after[key]];
    if (old === undefined) return [`create ${key}`];
    if (now === undefined) return [`delete ${key}`];
    if (old.uid !== now.uid) return [`recreate ${key}`];
    return old.content === now.content ? [] : [`update ${key}`];
  });
}

/** What became of pods: "replace 2 of prometheus-main". Those of a DaemonSet have names that change: their number tells. */
export function comparePods({ pods: before }: State, { pods: after }: State): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((set) => {
    const [old, now] = [before[set] ?? {}, after[set] ?? {}];
    const kept = new Set(Object.values(old).filter((uid) => Object.values(now).includes(uid))).size;
    const [wereThere, areThere] = [Object.keys(old).length, Object.keys(now).length];
    const replaced = Math.min(wereThere, areThere) - kept;
    const counts = { replace: replaced, stop: wereThere - kept - replaced, start: areThere - kept - replaced };
    return Object.entries(counts).flatMap(([verb, many]) => (many > 0 ? [`${verb} ${many} of ${nameOfSet(set)}`] : []));
  });
}

const nameOfSet = (set: string): string => set.split(' ')[1] ?? '';

interface CountedSet extends KubernetesObject {
  readonly spec: { readonly replicas?: number; readonly updateStrategy?: { readonly type?: string } };
  readonly status?: Readonly<Record<string, number | undefined>>;
}

interface Condition {
  readonly type: string;
  readonly reason?: string;
  readonly observedGeneration?: number;
}

interface Reconciled extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

const nameOf = (kind: string, { metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

/** Nothing is under way: every workload was looked at, every set has the pods that it wants. @throws {AssertionError} */
export async function assertQuiet(api: Api): Promise<void> {
  for (const { type } of customKinds.filter((one) => workloadKinds.some((kind) => kind === one.type.kind)))
    for (const workload of await api.list<Reconciled>(type)) {
      const { conditions = [] } = workload.status ?? {};
      const found = conditions.find((one) => one.type === 'Reconciled');
      assert.equal(found?.observedGeneration, workload.metadata.generation, nameOf(type.kind, workload));
      const isGrowing = conditions.some(({ reason }) => reason === 'VolumesExpanding');
      assert.ok(!isGrowing, `${nameOf(type.kind, workload)}: its volumes grow`);
    }
  for (const type of [...writtenTypes, podType])
    for (const object of await api.list(type))
      assert.equal(object.metadata.deletionTimestamp, undefined, nameOf(type.kind, object));
  for (const set of await api.list<CountedSet>(statefulSetType)) assertStateful(set);
  for (const set of await api.list<CountedSet>(daemonSetType)) assertOnEachNode(set);
}

function assertOnEachNode(set: CountedSet): void {
  const { metadata, spec, status = {} } = set;
  const name = nameOf('DaemonSet', set);
  assert.equal(status['observedGeneration'], metadata.generation, name);
  assert.equal(status['numberReady'], status['desiredNumberScheduled'], name);
  if (spec.updateStrategy?.type !== 'OnDelete')
    assert.equal(status['updatedNumberScheduled'] ?? 0, status['desiredNumberScheduled'], name);
}

function assertStateful(set: CountedSet): void {
  const { metadata, spec, status = {} } = set;
  const name = nameOf('StatefulSet', set);
  assert.equal(status['observedGeneration'], metadata.generation, name);
  assert.equal(status['replicas'] ?? 0, spec.replicas, name);
  assert.equal(status['readyReplicas'] ?? 0, spec.replicas, name);
  if (spec.updateStrategy?.type !== 'OnDelete') assert.equal(status['updatedReplicas'] ?? 0, spec.replicas, name);
}

/**
 * Writes to objects of which nothing was planned, whatever they left behind: "wrote Secret prometheus-main". Of dry runs under a name of the
 * server's choice no name is known.
 * @param planned as `compareObjects` words it
 */
export function listStrays(
  writes: readonly Write[],
  { namespace }: { readonly namespace: string },
  planned: readonly string[],
): string[] {
  const objects = new Set(planned.map((line) => line.replace(/^\w+ /, '')));
  const written = writes.flatMap((write) => {
    const type = writtenTypes.find(({ plural }) => plural === write.resource);
    const isOwn = write.namespace === namespace && write.name !== '' && write.code < 300;
    return type === undefined || !isOwn ? [] : [`${type.kind} ${write.name}`];
  });
  return [...new Set(written)].filter((object) => !objects.has(object)).map((object) => `wrote ${object}`);
}
