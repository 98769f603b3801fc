/** The SandboxApi: verbs of rest/ without HTTP around them. */
import type { KubernetesObject, ResourceType } from '../api/meta.ts';
import { cloneJson } from '../base/json.ts';
import type {
  ApiObject,
  ObjectEvent,
  ObjectName,
  PatchRequest,
  ResourceName,
  SandboxApi,
  WatchHandle,
  WatchRequest,
  WriteOptions,
} from './api.ts';
import { bindPod, finalizeNamespace } from './rest/actions.ts';
import { applyObject } from './rest/apply.ts';
import { toVersion } from './rest/backend.ts';
import type { Backend, Target, WriteContext } from './rest/backend.ts';
import { createObject } from './rest/create.ts';
import { deleteObject } from './rest/delete.ts';
import { parseListQuery } from './rest/list-options.ts';
import { patchObject } from './rest/patch.ts';
import { updateScale, readScale } from './rest/scale.ts';
import { parseFilter } from './rest/selectors.ts';
import { readCurrent, updateObject } from './rest/update.ts';
import { openWatch } from './rest/watch.ts';
import type { WatchEvent } from './rest/watch.ts';
import { unknownPath } from './status-error.ts';
import { applyMergePatch } from '../base/merge-patch.ts';
import { endlessWatchSeconds } from './limits.ts';

const manager = 'stoker-sandbox';

export function createInProcessApi(backend: Backend): SandboxApi {
  const target = (name: ResourceName, { namespace, name: object }: ObjectName): Target => {
    const resource = backend.registry.resolve(name.group, name.plural, name.version);
    if (resource === undefined) throw unknownPath();
    return { resource, namespace: resource.namespaced ? namespace : '', name: object };
  };
  const targetOf = (name: ResourceName, { metadata }: KubernetesObject): Target =>
    target(name, { namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
  return {
    resources: () => backend.registry.all().filter(isStored),
    get: (resource, name) => readCurrent(backend, target(resource, name)),
    list: (resource, options = {}) => {
      const { resource: found } = target(resource, { namespace: '', name: '' });
      const { namespace = '' } = options;
      const filter = parseFilter(found, options);
      const { items, revision } = backend.store.list(found.collection, {
        prefix: namespace === '' ? '' : `${namespace}/`,
      });
      const matching = filter === undefined ? items : items.filter(filter);
      return { items: matching.map((item) => toVersion(item, found)), resourceVersion: String(revision) };
    },
    create: (resource, object, options) =>
      createObject(backend, targetOf(resource, object), cloneJson(object), contextOf(options)),
    update: (resource, object, options) =>
      updateObject(backend, targetOf(resource, object), object, contextOf(options)).object,
    updateStatus: (resource, object, options) =>
      updateObject(backend, targetOf(resource, object), object, contextOf(options, 'status')).object,
    patch: (resource, name, patch) => patchTarget(backend, target(resource, name), patch),
    delete: (resource, name, options = {}) => {
      const one = target(resource, name);
      if (readCurrent(backend, one) === undefined) return false;
      deleteObject(backend, one, options);
      return true;
    },
    bind: (pod, node) => void bindPod(backend, target({ group: '', plural: 'pods' }, pod), { target: { name: node } }),
    finalizeNamespace: (name) => {
      const one = target({ group: '', plural: 'namespaces' }, { namespace: '', name });
      finalizeNamespace(backend, one, { spec: { finalizers: [] } });
    },
    watch: (resource, request, handler) =>
      watchTarget(backend, target(resource, { namespace: request.namespace ?? '', name: '' }), request, handler),
  };
}

function isStored(resource: ResourceType & { storage: boolean; verbs: readonly string[] }): boolean {
  return resource.storage && resource.verbs.includes('list');
}

function contextOf({ fieldManager = manager, dryRun = false }: WriteOptions = {}, subresource = ''): WriteContext {
  return { fieldManager, dryRun, fieldValidation: 'Ignore', warnings: [], subresource };
}

function patchTarget(backend: Backend, target: Target, patch: PatchRequest): ApiObject {
  const { kind, body, subresource = '', fieldManager = manager, force = false } = patch;
  const context = contextOf({ fieldManager }, subresource);
  if (subresource === 'scale')
    return updateScale(backend, target, applyMergePatch(readScale(backend, target), body), context);
  if (kind === 'apply') return applyObject(backend, target, { body, force }, context).object;
  return patchObject(backend, target, { kind, body }, context);
}

/** Events in order, each in a turn of its own: a handler never runs inside a write. */
function watchTarget(
  backend: Backend,
  target: Target,
  request: WatchRequest,
  handler: (event: ObjectEvent) => void,
): WatchHandle {
  const { resource } = target;
  const query = new URLSearchParams();
  for (const name of ['labelSelector', 'fieldSelector', 'resourceVersion'] as const) {
    const value = request[name];
    if (value !== undefined) query.set(name, value);
  }
  let open = true;
  const queue: WatchEvent[] = [];
  const deliver = (): void => {
    for (let event = queue.shift(); event !== undefined && open; event = queue.shift()) {
      if (event.type === 'BOOKMARK' || event.type === 'ERROR') continue;
      handler({ type: event.type, object: toVersion(event.object, resource) });
    }
  };
  const listen = (event: WatchEvent): void => {
    if (event.type === 'ERROR') throw event.error;
    if (queue.push(event) === 1) queueMicrotask(deliver);
  };
  const stop = openWatch(backend, target, {
    ...parseListQuery(query, true),
    timeoutSeconds: endlessWatchSeconds,
  }).start(listen, () => undefined);
  return {
    stop: () => {
      open = false;
      stop();
    },
  };
}
