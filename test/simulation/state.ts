import { gunzipSync } from 'node:zlib';
import { deadlineAnnotation } from '../../src/core/render/prometheus/retention.ts';
import type { ApiObject } from '../../src/sandbox/api.ts';
import type { StoreSnapshot } from '../../src/sandbox/store/store.ts';
import type { Kind } from './action.ts';
import type { Cluster } from './cluster.ts';
import { isOwned } from './owned.ts';

/** What the operator answers for: by "Kind namespace/name" its objects, and the statuses that it writes. */
export type State = ReadonlyMap<string, unknown>;

const ownedKinds: readonly Kind[] = ['Secret', 'ConfigMap', 'Service', 'StatefulSet', 'DaemonSet'];
const workloadKinds: readonly Kind[] = ['Prometheus', 'PrometheusAgent'];
const selectedKinds: readonly Kind[] = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule'];
const userKinds: readonly Kind[] = ['Namespace', 'Secret', 'ConfigMap', ...selectedKinds, ...workloadKinds];

const nameOf = ({ kind, metadata }: ApiObject, what = kind): string =>
  `${what} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

/** A retained shard is history: a new operator would not make it. */
const isRetained = ({ metadata }: ApiObject): boolean => metadata.annotations?.[deadlineAnnotation] !== undefined;

/**
 * Workloads of which history may show: what is paused or cannot be rendered keeps what it had, and pods that wait for
 * something do so in the order in which it happened. By "Prometheus namespace/name".
 */
export interface Excuses {
  readonly kept: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
  /** Volumes that cannot be smaller than they once were: their sets are not those that a new operator would make. */
  readonly larger: ReadonlySet<string>;
}

interface Told {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

function findCondition({ status }: ApiObject, type: string): Told | undefined {
  return (status as { conditions?: Told[] } | undefined)?.conditions?.find((one) => one.type === type);
}

const volumesCondition = 'VolumesExpanded';

/** A size that cannot be had stays what it was; one that grows must come to its end, unless its pod waits for something. */
const isOld = (object: ApiObject): boolean =>
  findCondition(object, volumesCondition)?.reason !== 'VolumesExpanding' ||
  findCondition(object, 'Available')?.status !== 'True';

/** @param fresh where a fresh operator has done what it can: what it cannot render, the other one may keep. */
export function listExcuses(cluster: Cluster, fresh: Cluster): Excuses {
  const listWorkloads = (one: Cluster): ApiObject[] => workloadKinds.flatMap((kind) => [...one.list(kind)]);
  const reasonOf = (object: ApiObject): string | undefined => {
    if ((object.spec as { paused?: boolean }).paused === true) return 'paused';
    const reconciled = findCondition(object, 'Reconciled');
    return reconciled?.status === 'True' ? undefined : (reconciled?.message ?? 'not looked at');
  };
  const isWaiting = (object: ApiObject): boolean => findCondition(object, 'Available')?.status !== 'True';
  const reasons = new Map(listWorkloads(cluster).map((object) => [nameOf(object), reasonOf(object)]));
  const hasReason = (object: ApiObject): boolean =>
    reasonOf(object) !== undefined && reasonOf(object) === reasons.get(nameOf(object));
  const waiting = [...listWorkloads(cluster), ...listWorkloads(fresh)].filter(isWaiting);
  return {
    kept: new Set(
      listWorkloads(fresh)
        .filter(hasReason)
        .map((object) => nameOf(object)),
    ),
    waiting: new Set(waiting.map((object) => nameOf(object))),
    larger: new Set(
      listWorkloads(cluster)
        .filter((object) => findCondition(object, volumesCondition) !== undefined && isOld(object))
        .map((object) => nameOf(object)),
    ),
  };
}

const ownersOf = ({ metadata }: ApiObject): string[] =>
  (metadata.ownerReferences ?? []).map(({ kind, name }) => `${kind} ${metadata.namespace ?? ''}/${name}`);

/** Without what differs between two clusters that are the same: ids, times, counts of writes. */
export function captureState(cluster: Cluster, { kept, waiting, larger }: Excuses): State {
  const isExcused = (object: ApiObject): boolean =>
    ownersOf(object).some((owner) => kept.has(owner) || (object.kind === 'StatefulSet' && larger.has(owner)));
  const owned = ownedKinds.flatMap((kind) =>
    cluster.list(kind).filter((object) => isOwned(object) && !isRetained(object) && !isExcused(object)),
  );
  const workloads = workloadKinds.flatMap((kind) => cluster.list(kind)).filter((object) => !kept.has(nameOf(object)));
  const selected = selectedKinds.flatMap((kind) => cluster.list(kind));
  return new Map<string, unknown>([
    ...owned.map((object): [string, unknown] => [nameOf(object), normalize(object)]),
    ...workloads.map((object): [string, unknown] => [
      nameOf(object, `${object.kind}/status`),
      normalizeStatus(object, waiting.has(nameOf(object))),
    ]),
    ...selected.map((object): [string, unknown] => [
      nameOf(object, `${object.kind}/bindings`),
      normalizeBindings(object, kept),
    ]),
  ]);
}

/** The kinds of which users make objects. */
const isUserKind = (kind: string): boolean => (userKinds as readonly string[]).includes(kind);

/**
 * A cluster as users have made it, with no trace of the operator: the `template`, and what users have in the other cluster,
 * ids and times of creation included, because names are made of them.
 */
export function keepUserObjects(cluster: Cluster, template: StoreSnapshot): StoreSnapshot {
  const { revision, collections } = cluster.snapshot();
  const kept = Object.entries(collections).flatMap(([name, objects]): [string, ApiObject[]][] => {
    if (!isUserKind(objects[0]?.kind ?? '')) return [];
    const users = objects.filter((object) => !isOwned(object) && object.metadata.deletionTimestamp === undefined);
    return [[name, users.map(forgetOperator)]];
  });
  return { revision, collections: { ...template.collections, ...Object.fromEntries(kept) } };
}

/** Changes when users have changed something; statuses do not count. */
export function identifyUserObjects({ collections }: StoreSnapshot): string {
  const identify = ({ metadata }: ApiObject): string =>
    `${metadata.uid ?? ''} ${metadata.generation ?? metadata.resourceVersion ?? ''} ${JSON.stringify(metadata.labels ?? {})}`;
  return Object.values(collections)
    .filter(([first]) => isUserKind(first?.kind ?? ''))
    .flatMap((objects) => objects.map(identify))
    .join('\n');
}

function forgetOperator(object: ApiObject): ApiObject {
  if (!object.apiVersion.startsWith('monitoring.coreos.com/')) return object;
  const { status: _status, ...rest } = object;
  const { finalizers: _finalizers, managedFields = [], ...metadata } = object.metadata;
  return {
    ...rest,
    metadata: { ...metadata, managedFields: managedFields.filter(({ manager }) => manager === 'user') },
  };
}

function normalize(object: ApiObject): unknown {
  const { metadata, kind, data, spec } = object;
  const { labels, annotations, ownerReferences = [], finalizers, deletionTimestamp } = metadata;
  const owners = ownerReferences.map(({ kind: owner, name }) => `${owner} ${name}`).sort();
  const content = Object.fromEntries(
    Object.entries((data ?? {}) as Record<string, string>).map(([key, value]) => [
      key,
      kind === 'Secret' ? decode(key, value) : value,
    ]),
  );
  return {
    metadata: { labels, annotations, owners, finalizers, isDeleted: deletionTimestamp !== undefined },
    data: content,
    spec: kind === 'Service' ? withoutAddresses(spec as object) : spec,
  };
}

function decode(key: string, value: string): string {
  const bytes = Buffer.from(value, 'base64');
  try {
    return (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  } catch {
    return value;
  }
}

function withoutAddresses(spec: object): object {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !key.startsWith('clusterIP')));
}

interface Condition {
  readonly lastTransitionTime?: string;
  readonly observedGeneration?: number;
}

/** Generations count edits: what counts here is whether the newest one was seen. */
function normalizeConditions(conditions: readonly Condition[] | undefined, generation: number | undefined): unknown {
  return conditions?.map(({ lastTransitionTime: _time, observedGeneration, ...rest }) => ({
    ...rest,
    ...(observedGeneration === undefined ? {} : { isCurrent: observedGeneration === generation }),
  }));
}

interface WorkloadStatus {
  readonly paused?: boolean;
  readonly shards?: number;
  readonly selector?: string;
  readonly conditions?: readonly (Condition & { readonly type: string })[];
}

/** @param isWaiting whether counts of pods and what follows from them are left out. */
function normalizeStatus({ status, metadata }: ApiObject, isWaiting: boolean): unknown {
  if (status === undefined) return {};
  const { conditions = [], ...rest } = status as WorkloadStatus;
  const { paused, shards, selector } = rest;
  const left = isWaiting ? ['Available', volumesCondition] : [volumesCondition];
  const told = conditions.filter(({ type }) => !left.includes(type));
  return {
    ...(isWaiting ? { paused, shards, selector } : rest),
    conditions: normalizeConditions(told, metadata.generation),
  };
}

interface Binding {
  readonly conditions?: readonly Condition[];
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

const kindOfResource: Readonly<Record<string, Kind>> = {
  prometheuses: 'Prometheus',
  prometheusagents: 'PrometheusAgent',
};

function normalizeBindings({ status, metadata }: ApiObject, kept: ReadonlySet<string>): unknown {
  const { bindings = [] } = (status ?? {}) as { bindings?: Binding[] };
  const key = ({ resource = '', namespace, name }: Binding): string =>
    `${kindOfResource[resource] ?? resource} ${namespace ?? ''}/${name ?? ''}`;
  return bindings
    .filter((binding) => !kept.has(key(binding)))
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    .map((binding) => ({ ...binding, conditions: normalizeConditions(binding.conditions, metadata.generation) }));
}

/** How `actual` differs from `expected`: one line an object, with the first place that differs. */
export function compareStates(actual: State, expected: State): string[] {
  const names = [...new Set([...actual.keys(), ...expected.keys()])].sort();
  return names.flatMap((name) => {
    if (!expected.has(name)) return [`${name}: a fresh operator would not have it`];
    if (!actual.has(name)) return [`${name}: a fresh operator would have it`];
    const difference = findDifference(actual.get(name), expected.get(name), '');
    return difference === undefined ? [] : [`${name}${difference}`];
  });
}

function findDifference(actual: unknown, expected: unknown, path: string): string | undefined {
  if (isObject(actual) && isObject(expected)) {
    for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
      const found = findDifference(actual[key], expected[key], `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (actual === expected) return undefined;
  const [is, should] = shorten(actual, expected);
  return `${path}: is ${is}, a fresh operator has ${should}`;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Of long texts the part from a little before the first difference. */
function shorten(actual: unknown, expected: unknown): [string, string] {
  if (typeof actual !== 'string' || typeof expected !== 'string')
    return [cut(JSON.stringify(actual)), cut(JSON.stringify(expected))];
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at += 1;
  const from = Math.max(0, at - 40);
  return [cut(JSON.stringify(actual.slice(from))), cut(JSON.stringify(expected.slice(from)))];
}

const cut = (text: string | undefined): string => (text ?? 'absent').slice(0, 160);
