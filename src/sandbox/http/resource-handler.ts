/** Requests for resources: from method and path to the verbs of rest/. */
import { storageKey } from '../registry/resource.ts';
import type { Target } from '../rest/backend.ts';
import { deleteObject } from '../rest/delete.ts';
import { parseListQuery, isTrue } from '../rest/list-options.ts';
import { listObjects } from '../rest/list.ts';
import { parseRevision, waitForRevision } from '../rest/resource-versions.ts';
import { openWatch } from '../rest/watch.ts';
import { methodNotAllowed, notFound, unknownPath } from '../status-error.ts';
import { answerBody, answerNoPage, answerStatus, renderObject, renderPage, withWarnings } from './answer.ts';
import { parseBody } from './json-text.ts';
import type { ApiResponse } from './message.ts';
import { presentationOf, renderWritten } from './resource-call.ts';
import type { ResourceCall } from './resource-call.ts';
import { handleSubresource } from './subresource-handler.ts';
import { answerWatch } from './watch-response.ts';
import { parseDeleteOptions } from './write-options.ts';
import { writeObject } from './write-handler.ts';

export async function handleResource(call: ResourceCall): Promise<ApiResponse> {
  const { backend, route } = call;
  const resource = backend.registry.find(route.group, route.version, route.resource);
  if (resource === undefined || resource.verbs.length === 0) {
    const known = backend.registry
      .all()
      .some(({ group, version }) => group === route.group && version === route.version);
    if (!known) return answerNoPage();
    throw unknownPath();
  }
  const target: Target = { resource, namespace: route.namespace, name: route.name };
  if (route.namespace !== '' && !resource.namespaced) throw unknownPath();
  if (resource.namespaced && route.namespace === '' && route.name !== '') throw unknownPath();
  const response = await dispatch(call, target);
  return resource.deprecation === undefined ? response : withWarnings(response, [resource.deprecation]);
}

function dispatch(call: ResourceCall, target: Target): Promise<ApiResponse> | ApiResponse {
  if (call.route.subresource !== '') return handleSubresource(call, target);
  const { method } = call.request;
  if (target.name === '') return handleCollection(call, target);
  if (method === 'GET' || method === 'HEAD') return read(call, target);
  if (method === 'PUT' || method === 'PATCH') return writeObject(call, target);
  if (method === 'DELETE') return remove(call, target);
  throw methodNotAllowed();
}

function handleCollection(call: ResourceCall, target: Target): Promise<ApiResponse> | ApiResponse {
  const { method } = call.request;
  const { resource } = target;
  if (method === 'POST') {
    if (resource.namespaced && target.namespace === '') throw methodNotAllowed();
    return writeObject(call, target);
  }
  if (method === 'DELETE') return removeCollection(call, target);
  if ((method !== 'GET' && method !== 'HEAD') || !resource.verbs.includes('list')) throw methodNotAllowed();
  return list(call, target);
}

async function list(call: ResourceCall, target: Target): Promise<ApiResponse> {
  const { backend, query } = call;
  const watch = query.has('watch') && isTrue(query.get('watch'));
  const options = parseListQuery(query, watch);
  const presentation = presentationOf(call);
  if (watch) return answerWatch(openWatch(backend, target, options), target.resource, presentation, call.decideEvent);
  const page = await listObjects(backend, target, options);
  return answerBody(200, renderPage(page, target.resource, presentation));
}

async function read(call: ResourceCall, target: Target): Promise<ApiResponse> {
  const { backend, query } = call;
  const { resource, namespace, name } = target;
  if (!resource.verbs.includes('get')) throw methodNotAllowed();
  const presentation = presentationOf(call);
  await waitForRevision(backend, parseRevision(query.get('resourceVersion') ?? '') ?? 0);
  const stored = backend.store.get(resource.collection, storageKey(resource, namespace, name));
  if (stored === undefined) throw notFound(resource, name);
  return answerBody(200, renderObject(stored, resource, presentation));
}

/** Kinds whose deletion answers the object, not a Status. */
const returned = new Set([
  'namespaces',
  'persistentvolumes',
  'persistentvolumeclaims',
  'pods',
  'podtemplates',
  'resourcequotas',
  'services',
  'serviceaccounts',
  'storageclasses',
]);

function remove(call: ResourceCall, target: Target): ApiResponse {
  const { backend, query } = call;
  const { resource, name } = target;
  if (!resource.verbs.includes('delete')) throw methodNotAllowed();
  const presentation = presentationOf(call);
  const { object, gone } = deleteObject(backend, target, parseDeleteOptions(query, readDeleteBody(call)));
  if (!gone || returned.has(resource.plural)) return answerBody(200, renderWritten(object, resource, presentation));
  const { uid = '' } = object.metadata;
  const group = resource.group === '' ? {} : { group: resource.group };
  return answerStatus(200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...group, kind: resource.plural, uid },
  });
}

function readDeleteBody({ request, backend }: ResourceCall): unknown {
  return (request.body ?? '').length === 0 ? undefined : parseBody(request, backend.registry).value;
}

async function removeCollection(call: ResourceCall, target: Target): Promise<ApiResponse> {
  const { backend, query } = call;
  const { resource } = target;
  if (!resource.verbs.includes('deletecollection')) throw methodNotAllowed();
  const options = parseDeleteOptions(query, readDeleteBody(call));
  const page = await listObjects(backend, target, parseListQuery(query, false));
  const deleted = page.items.map(({ metadata }) => {
    const one = { resource, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
    return deleteObject(backend, one, options).object;
  });
  const { encoder } = call;
  const resourceVersion = String(backend.store.revision);
  return answerBody(
    200,
    encoder.list({ items: deleted, resourceVersion, continueToken: '', remaining: undefined }, resource),
  );
}
