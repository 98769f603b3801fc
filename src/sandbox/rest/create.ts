import { cloneJson } from '../../base/json.ts';
import type { ManagedFieldsEntry } from '../../api/meta.ts';
import { trackUpdate } from '../apply/field-manager.ts';
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { StatusError, alreadyExists, methodNotAllowed } from '../status-error.ts';
import { keyOf, reportProblems, requireNamespace, settleNamespace, validateObject } from './admit.ts';
import { groupVersionOf, renderTime, toStorage, toVersion } from './backend.ts';
import type { Backend, Target, WriteContext } from './backend.ts';
import { decodeObject, zeroObject } from './decode.ts';
import { applyCanonicalForm, strategyContext } from './canonical.ts';
import { generateName, makeUid } from './identifiers.ts';

/** POST: the object under the target's namespace. `problems`: what parsing the body found (duplicate fields). */
export function createObject(backend: Backend, target: Target, body: unknown, context: WriteContext): ApiObject {
  const { resource } = target;
  if (!resource.verbs.includes('create')) throw methodNotAllowed();
  const { object, unknown } = decodeObject(body, resource, backend.registry);
  reportProblems(unknown, resource, context);
  return createDecoded(backend, target, object, context);
}

/** The rest of a create, for a decoded object; `managed` when an apply has already said who owns what. */
export function createDecoded(
  backend: Backend,
  target: Target,
  object: ApiObject,
  context: WriteContext & { readonly managed?: ManagedFieldsEntry[] },
): ApiObject {
  const { resource, namespace } = target;
  settleNamespace(object, resource, namespace);
  requireNamespace(backend, resource, { namespace, name: object.metadata.name ?? '' });
  if ((object.metadata.resourceVersion ?? '') !== '') {
    throw new StatusError(500, undefined, 'resourceVersion should not be set on objects to be created');
  }
  fillMetadata(backend, resource, object);
  const { strategy } = resource;
  if (resource.status) delete object.status;
  strategy.applyDefaults?.(object);
  const defaulted = applyCanonicalForm(object, resource);
  // What the server itself adds from here on belongs to nobody.
  const managed = context.managed ?? trackCreate(backend, target, defaulted, context);
  strategy.prepareForCreate?.(defaulted, strategyContext(backend));
  const complete = strategy.prepareForCreate === undefined ? defaulted : applyCanonicalForm(defaulted, resource);
  validateObject(complete, resource);
  if (managed.length > 0) complete.metadata.managedFields = managed;
  return insert(backend, target, complete, context);
}

/** Metadata that is the server's. */
function fillMetadata(backend: Backend, { strategy }: Resource, { metadata }: ApiObject): void {
  if ((metadata.name ?? '') === '' && (metadata.generateName ?? '') !== '') {
    metadata.name = generateName(metadata.generateName ?? '', backend.random);
  }
  metadata.uid = makeUid(backend.random);
  metadata.creationTimestamp = renderTime(backend.clock);
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  Reflect.deleteProperty(metadata, 'selfLink');
  if (strategy.countsGenerations === true) metadata.generation = 1;
}

function trackCreate(
  backend: Backend,
  { resource }: Target,
  object: ApiObject,
  context: WriteContext,
): ManagedFieldsEntry[] {
  const write = {
    manager: context.fieldManager,
    apiVersion: groupVersionOf(resource),
    subresource: '',
    time: renderTime(backend.clock),
    ignored: resource.status ? [['f:status']] : [],
  };
  return trackUpdate({ before: zeroObject(resource), after: object, managed: [] }, resource.schema, write);
}

function insert(backend: Backend, { resource }: Target, object: ApiObject, context: WriteContext): ApiObject {
  const key = keyOf(resource, object);
  const taken = backend.store.get(resource.collection, key);
  if (taken !== undefined) {
    throw alreadyExists(resource, object.metadata.name ?? '', taken.metadata.deletionTimestamp !== undefined);
  }
  if (context.dryRun) return cloneJson(object);
  const stored = backend.store.create(resource.collection, key, toStorage(object, resource, backend.registry));
  return toVersion(stored, resource);
}
