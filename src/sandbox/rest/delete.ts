import { cloneJson } from '../../base/json.ts';
import type { ApiObject, DeleteRequest } from '../api.ts';
import { storageKey } from '../registry/resource.ts';
import { conflict, notFound } from '../status-error.ts';
import { renderTime, toStorage, toVersion } from './backend.ts';
import type { Backend, Target } from './backend.ts';
import { isReadyToGo } from './delete-rules.ts';
import { readCurrent } from './update.ts';

export interface DeleteOptions extends DeleteRequest {
  readonly dryRun?: boolean;
}

export interface Deleted {
  /** The object as it was, or as it is now when it waits. */
  readonly object: ApiObject;
  /** False while finalizers, a grace period or dependents keep it. */
  readonly gone: boolean;
}

/** DELETE: marks the object, and removes it as soon as nothing keeps it. */
export function deleteObject(backend: Backend, target: Target, options: DeleteOptions): Deleted {
  const { resource, name } = target;
  const old = readCurrent(backend, target);
  if (old === undefined) throw notFound(resource, name);
  checkPreconditions(old, target, options);
  const grace = resource.strategy.gracePeriod?.(old, options.gracePeriodSeconds) ?? 0;
  const marked = mark(backend, target, old, { grace, options });
  const gone = isReadyToGo(marked, resource);
  if (options.dryRun === true) return { object: marked, gone };
  if (gone) return { object: remove(backend, target, { old, object: old }), gone };
  if (isMarkedAlike(old, marked)) return { object: old, gone };
  return { object: store(backend, target, old, marked), gone };
}

function checkPreconditions(old: ApiObject, { resource, name }: Target, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid !== undefined && uid !== old.metadata.uid) {
    throw conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid ?? ''}`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
    const detail = `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${old.metadata.resourceVersion ?? ''}`;
    throw conflict(resource, name, detail);
  }
}

const orphan = 'orphan';
const foreground = 'foregroundDeletion';

function mark(
  { clock }: Backend,
  { resource }: Target,
  old: ApiObject,
  how: { grace: number; options: DeleteOptions },
): ApiObject {
  const object = cloneJson(old);
  const { metadata } = object;
  const finalizers = withPolicy(metadata.finalizers ?? [], how.options);
  const first = metadata.deletionTimestamp === undefined;
  if (first)
    for (const name of resource.strategy.deletionFinalizers ?? [])
      if (!finalizers.includes(name)) finalizers.push(name);
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
  const before = metadata.deletionGracePeriodSeconds ?? Number.POSITIVE_INFINITY;
  if (first || how.grace < before) {
    metadata.deletionGracePeriodSeconds = how.grace;
    metadata.deletionTimestamp = renderTime({ now: () => clock.now() + how.grace * 1000 });
  }
  if (first) {
    resource.strategy.markDeleted?.(object);
    if (metadata.generation !== undefined) metadata.generation += 1;
  }
  return object;
}

/** The finalizers that stand for a propagation policy; without a policy those that are there stay. */
function withPolicy(finalizers: readonly string[], { propagationPolicy }: DeleteOptions): string[] {
  if (propagationPolicy === undefined) return [...finalizers];
  const others = finalizers.filter((name) => name !== orphan && name !== foreground);
  if (propagationPolicy === 'Orphan') return [...others, orphan];
  return propagationPolicy === 'Foreground' ? [...others, foreground] : others;
}

function isMarkedAlike(old: ApiObject, marked: ApiObject): boolean {
  const same = JSON.stringify(old.metadata.finalizers ?? []) === JSON.stringify(marked.metadata.finalizers ?? []);
  return same && old.metadata.deletionTimestamp === marked.metadata.deletionTimestamp;
}

function remove(backend: Backend, target: Target, { old, object }: { old: ApiObject; object: ApiObject }): ApiObject {
  const { resource, namespace, name } = target;
  const key = storageKey(resource, namespace, name);
  const stored = toStorage(object, resource, backend.registry);
  return toVersion(
    backend.store.delete(resource.collection, key, stored, old.metadata.resourceVersion ?? ''),
    resource,
  );
}

function store(backend: Backend, { resource, namespace, name }: Target, old: ApiObject, object: ApiObject): ApiObject {
  const key = storageKey(resource, namespace, name);
  const stored = toStorage(object, resource, backend.registry);
  return toVersion(
    backend.store.update(resource.collection, key, stored, old.metadata.resourceVersion ?? ''),
    resource,
  );
}
