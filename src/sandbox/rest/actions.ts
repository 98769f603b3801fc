/** Subresources that act: a Pod's binding and eviction, a namespace's finalize. */
import { cloneJson, isJsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { storageKey } from '../registry/resource.ts';
import { objectAt, textAt } from '../strategies/read-json.ts';
import type { Status } from '../status-error.ts';
import type { Store } from '../store/store.ts';
import { badRequest, conflict, notFound } from '../status-error.ts';
import { renderTime } from './backend.ts';
import type { Backend, Target } from './backend.ts';
import { isReadyToGo } from './delete-rules.ts';
import { deleteObject } from './delete.ts';
import { readCurrent } from './update.ts';

const created: Status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };

/** POST pods/NAME/binding: puts the Pod on a node. */
export function bindPod({ store, clock }: Backend, target: Target, body: unknown): Status {
  const { resource, name } = target;
  const key = storageKey(resource, target.namespace, name);
  const pod = store.get(resource.collection, key);
  if (pod === undefined) throw notFound(resource, name);
  const node = isJsonObject(body) ? textAt(objectAt(body, 'target'), 'name') : '';
  if (node === '') throw badRequest('Binding needs target.name, the name of a node');
  const taken = textAt(objectAt(pod, 'spec'), 'nodeName');
  if (taken !== '')
    throw conflict({ group: '', plural: 'pods/binding' }, name, `pod ${name} is already assigned to node "${taken}"`);
  const object = cloneJson(pod);
  object.spec = { ...objectAt(object, 'spec'), nodeName: node };
  object.metadata.labels = { ...object.metadata.labels, ...topologyOf(store, node) };
  const condition = { type: 'PodScheduled', status: 'True', lastTransitionTime: renderTime(clock) };
  const status = objectAt(object, 'status');
  const others = Array.isArray(status.conditions)
    ? (status.conditions as { type: string }[]).filter(({ type }) => type !== 'PodScheduled')
    : [];
  object.status = { ...status, conditions: [...others, condition] };
  store.update(resource.collection, key, object, pod.metadata.resourceVersion ?? '');
  return created;
}

/** The labels that a Pod takes over from its node (admission plugin PodTopologyLabels). */
function topologyOf(store: Store, node: string): Record<string, string> {
  const labels = Object.entries(store.get('nodes', node)?.metadata.labels ?? {});
  return Object.fromEntries(labels.filter(([key]) => topologyLabels.includes(key)));
}

const topologyLabels = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/** POST pods/NAME/eviction: deletes the Pod; budgets are not consulted. */
export function evictPod(backend: Backend, target: Target, body: unknown): Status {
  const options = isJsonObject(body) ? objectAt(body, 'deleteOptions') : {};
  const { gracePeriodSeconds } = options;
  deleteObject(backend, target, typeof gracePeriodSeconds === 'number' ? { gracePeriodSeconds } : {});
  return created;
}

/** PUT namespaces/NAME/finalize: sets spec.finalizers; the namespace goes when none is left. */
export function finalizeNamespace({ store }: Backend, target: Target, body: unknown): ApiObject {
  const { resource, name } = target;
  const old = store.get(resource.collection, name);
  if (old === undefined) throw notFound(resource, name);
  const { finalizers } = isJsonObject(body) ? objectAt(body, 'spec') : { finalizers: [] };
  const object = cloneJson(old);
  object.spec = Array.isArray(finalizers) && finalizers.length > 0 ? { finalizers } : {};
  const version = old.metadata.resourceVersion ?? '';
  const gone = isReadyToGo(object, resource);
  return gone
    ? store.delete(resource.collection, name, object, version)
    : store.update(resource.collection, name, object, version);
}

/** The stored object, for subresources that are read. */
export function requireObject(backend: Backend, target: Target): ApiObject {
  const found = readCurrent(backend, target);
  if (found === undefined) throw notFound(target.resource, target.name);
  return found;
}
