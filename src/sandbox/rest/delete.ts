import { cloneJson } from '../../base/json.ts';
import type { ApiObject, DeleteRequest } from '../api.ts';
import { storageKey } from '../registry/resource.ts';
import { conflict, forbidden, notFound } from '../status-error.ts';
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
  refuseImmortal(target);
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
  const { uid: found = '', resourceVersion: stored = '' } = old.metadata;
  const kind = { group: resource.group, plural: resource.kind };
  if (uid !== undefined && uid !== found) {
    const text = `the UID in the precondition (${uid}) does not match the UID in record (${found})`;
    throw conflict(kind, name, `${text}. The object might have been deleted and then recreated`);
  }
  if (resourceVersion !== undefined && resourceVersion !== stored) {
    const text = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${stored})`;
    throw conflict(kind, name, `${text}. The object might have been modified`);
  }
}

/** Namespaces that a cluster cannot be without. */
const immortal = ['default', 'kube-system', 'kube-public'];

function refuseImmortal({ resource, name }: Target): void {
  if (resource.collection === 'namespaces' && immortal.includes(name)) {
    throw forbidden(resource, name, 'this namespace may not be deleted');
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
  const first = metadata.deletionTimestamp === undefined;
  const finalizers = withPolicy(metadata.finalizers ?? [], how.options);
  const added = first ? (resource.strategy.deletionFinalizers ?? []).filter((name) => !finalizers.includes(name)) : [];
  metadata.finalizers = [...finalizers, ...added];
  if (metadata.finalizers.length === 0) delete metadata.finalizers;
  if (first || how.grace < (metadata.deletionGracePeriodSeconds ?? 0)) {
    metadata.deletionGracePeriodSeconds = how.grace;
    metadata.deletionTimestamp = renderTime({ now: () => clock.now() + how.grace * 1000 });
  }
  if (!first) return object;
  resource.strategy.markDeleted?.(object);
  if (metadata.generation !== undefined) metadata.generation += 1;
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
