import { cloneJson, equalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ManagedFieldsEntry } from '../../api/meta.ts';
import { trackUpdate } from '../apply/field-manager.ts';
import type { ApiObject } from '../api.ts';
import { storageKey } from '../registry/resource.ts';
import type { Resource } from '../registry/resource.ts';
import { invalid, invalidObject } from '../strategies/field-error.ts';
import { badRequest, conflict, methodNotAllowed, notFound } from '../status-error.ts';
import { reportProblems, settleNamespace, validateObject } from './admit.ts';
import { groupVersionOf, renderTime, toStorage, toVersion } from './backend.ts';
import type { Backend, Target, WriteContext } from './backend.ts';
import { applyCanonicalForm, strategyContext } from './canonical.ts';
import { createDecoded } from './create.ts';
import { decodeObject } from './decode.ts';
import { isReadyToGo } from './delete-rules.ts';

const modified = 'the object has been modified; please apply your changes to the latest version and try again';

export interface Written {
  readonly object: ApiObject;
  readonly created: boolean;
}

/** PUT: replaces the object, or its status when `context.subresource` is "status". */
export function updateObject(backend: Backend, target: Target, body: unknown, context: WriteContext): Written {
  const { resource, name } = target;
  if (!resource.verbs.includes('update')) throw methodNotAllowed();
  const { object, unknown } = decodeObject(body, resource, backend.registry);
  reportProblems(unknown, resource, context);
  if ((object.metadata.name ?? '') === '') throw badRequest('name must be provided');
  if (object.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${object.metadata.name ?? ''}) does not match the name on the URL (${name})`,
    );
  }
  settleNamespace(object, resource, target.namespace);
  const old = readCurrent(backend, target);
  if (old === undefined) {
    if (resource.strategy.createsOnUpdate !== true || context.subresource !== '') throw notFound(resource, name);
    return { object: createDecoded(backend, target, object, context), created: true };
  }
  return { object: replaceObject(backend, target, { object, old }, context), created: false };
}

/** The stored object in the target's version. */
export function readCurrent({ store }: Backend, { resource, namespace, name }: Target): ApiObject | undefined {
  const stored = store.get(resource.collection, storageKey(resource, namespace, name));
  return stored === undefined ? undefined : toVersion(stored, resource);
}

/** The common end of updates, patches and applies. `managed` when an apply has already said who owns what. */
export function replaceObject(
  backend: Backend,
  target: Target,
  change: { object: ApiObject; old: ApiObject; managed?: ManagedFieldsEntry[] },
  context: WriteContext,
): ApiObject {
  const { old } = change;
  const { resource } = target;
  checkVersion(change.object, old, resource);
  const defaulted = prepare(resource, change, context);
  const managed = change.managed ?? trackChange(backend, resource, { ...change, defaulted }, context);
  const complete = finish(backend, resource, { defaulted, old }, context);
  validateObject(complete, resource, old);
  if (context.subresource === '') resource.strategy.admitUpdate?.(complete, old, strategyContext(backend));
  if (managed.length > 0) complete.metadata.managedFields = managed;
  else delete complete.metadata.managedFields;
  if (equalJson(complete, old)) return old;
  if (context.dryRun) return complete;
  return commit(backend, target, complete, old);
}

function checkVersion(object: ApiObject, old: ApiObject, resource: Resource): void {
  const { name = '' } = old.metadata;
  const { uid = '', resourceVersion = '' } = object.metadata;
  if (resourceVersion === '' && resource.strategy.needsResourceVersion === true) {
    const error = invalid('metadata.resourceVersion', 0, 'must be specified for an update');
    throw invalidObject({ group: resource.group, kind: resource.plural }, name, [error]);
  }
  if (uid !== '' && uid !== old.metadata.uid) throw conflict(resource, name, describeOtherUid(uid, old, resource));
  const isStale = resourceVersion !== '' && resourceVersion !== old.metadata.resourceVersion;
  if (isStale) throw conflict(resource, name, modified);
}

function describeOtherUid(uid: string, { metadata }: ApiObject, resource: Resource): string {
  const place = resource.group === '' ? resource.plural : `${resource.group}/${resource.plural}`;
  const key = `/registry/${place}/${storageKey(resource, metadata.namespace ?? '', metadata.name ?? '')}`;
  const detail = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid ?? ''}`;
  return `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${detail}`;
}

/** The client's object with defaults, and with what an update cannot touch taken from the old one. */
function prepare(
  resource: Resource,
  { object: given, old }: { object: ApiObject; old: ApiObject },
  { subresource }: WriteContext,
): ApiObject {
  const object = overlay(cloneJson(given), old, resource, subresource);
  object.metadata = { ...object.metadata, ...serverMetadata(old) };
  resource.strategy.applyDefaults?.(object);
  return applyCanonicalForm(object, resource);
}

/** What the server itself adds: it belongs to nobody. */
function finish(
  backend: Backend,
  resource: Resource,
  { defaulted, old }: { defaulted: ApiObject; old: ApiObject },
  { subresource }: WriteContext,
): ApiObject {
  const { prepareForUpdate, countsGenerations } = resource.strategy;
  let object = defaulted;
  if (subresource === '' && prepareForUpdate !== undefined) {
    object = cloneJson(defaulted);
    prepareForUpdate(object, old, strategyContext(backend));
    object = applyCanonicalForm(object, resource);
  }
  if (countsGenerations === true && countsAsChange(object, old, resource)) {
    object.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }
  return object;
}

/** The main resource leaves status alone; status leaves everything else alone. */
function overlay(object: ApiObject, old: ApiObject, resource: Resource, subresource: string): ApiObject {
  if (subresource === 'status') return overlayStatus(object, old, resource);
  if (!resource.status) return object;
  const { status: _ignored, ...rest } = object;
  return old.status === undefined ? rest : { ...rest, status: cloneJson(old.status) };
}

/** What of metadata a write to status takes along, for built-in kinds. */
const openMetadata = ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const;

function overlayStatus(object: ApiObject, old: ApiObject, resource: Resource): ApiObject {
  const { status: _status, ...rest } = cloneJson(old);
  const { status } = object;
  const given = Object.fromEntries(openMetadata.map((name) => [name, object.metadata[name]]));
  const metadata = resource.custom ? rest.metadata : { ...rest.metadata, ...given };
  return { ...rest, metadata, ...(status === undefined ? {} : { status }) };
}

const owned = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
] as const;

/** Members that only the server writes; undefined ones erase what a client sent. */
function serverMetadata(old: ApiObject): JsonObject {
  return Object.fromEntries(owned.map((name) => [name, old.metadata[name as 'name']]));
}

/** Built-in kinds count changes of the spec, custom ones of all but metadata and, with a status subresource, status. */
function countsAsChange(object: ApiObject, old: ApiObject, resource: Resource): boolean {
  if (!resource.custom && object.spec !== undefined) return !equalJson(object.spec, old.spec);
  const rest = ({ metadata: _metadata, status, ...others }: ApiObject): JsonObject =>
    resource.status ? others : { ...others, status };
  return !equalJson(rest(object), rest(old));
}

function trackChange(
  backend: Backend,
  resource: Resource,
  change: { object: ApiObject; defaulted: ApiObject; old: ApiObject },
  context: WriteContext,
): ManagedFieldsEntry[] {
  const given = change.object.metadata.managedFields;
  if (given?.length === 1 && Object.keys(given[0] ?? {}).length === 0) return [];
  const managed = given !== undefined && given.length > 0 ? given : (change.old.metadata.managedFields ?? []);
  const write = {
    manager: context.fieldManager,
    apiVersion: groupVersionOf(resource),
    subresource: context.subresource,
    time: renderTime(backend.clock),
    ignored: ignoredFields(resource, context.subresource),
  };
  return trackUpdate({ before: change.old, after: change.defaulted, managed }, resource.schema, write);
}

/** Fields that an endpoint does not write. */
export function ignoredFields(resource: Resource, subresource: string): string[][] {
  if (subresource !== 'status') return resource.status ? [['f:status']] : [];
  return resource.custom ? [['f:spec'], ['f:metadata']] : [['f:spec']];
}

/** Stores the object, or lets it go when it was only waiting for its last finalizer. */
function commit(
  { store, registry }: Backend,
  { resource, namespace, name }: Target,
  object: ApiObject,
  old: ApiObject,
): ApiObject {
  const key = storageKey(resource, namespace, name);
  const version = old.metadata.resourceVersion ?? '';
  const stored = toStorage(object, resource, registry);
  if (isReadyToGo(object, resource))
    return toVersion(store.delete(resource.collection, key, stored, version), resource);
  return toVersion(store.update(resource.collection, key, stored, version), resource);
}
