/** Names of the resources the controllers work on, each with the shape of its objects. */
import type { KubernetesObject } from '../../api/meta.ts';
import type { ApiObject, ListOptions, ObjectName, ResourceName, SandboxApi } from '../api.ts';
import type {
  Claim,
  ControllerRevision,
  DaemonSet,
  Deployment,
  Namespace,
  Node,
  Pod,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from './shapes.ts';

/** What `create` takes: server-filled fields may be missing. */
export type NewObject = KubernetesObject & { readonly [field: string]: unknown };

/** A resource whose objects have shape T; `shape` exists in types only. */
export interface TypedResource<T extends ApiObject> extends ResourceName {
  readonly shape?: T;
}

export const pods: TypedResource<Pod> = { group: '', plural: 'pods' };
export const nodes: TypedResource<Node> = { group: '', plural: 'nodes' };
export const services: TypedResource<Service> = { group: '', plural: 'services' };
export const secrets: TypedResource<ApiObject> = { group: '', plural: 'secrets' };
export const configMaps: TypedResource<ApiObject> = { group: '', plural: 'configmaps' };
export const serviceAccounts: TypedResource<ApiObject> = { group: '', plural: 'serviceaccounts' };
export const claims: TypedResource<Claim> = { group: '', plural: 'persistentvolumeclaims' };
export const storageClasses: TypedResource<StorageClass> = { group: 'storage.k8s.io', plural: 'storageclasses' };
export const namespaces: TypedResource<Namespace> = { group: '', plural: 'namespaces' };
export const endpoints: TypedResource<ApiObject> = { group: '', plural: 'endpoints' };
export const events: TypedResource<ApiObject> = { group: '', plural: 'events' };
export const endpointSlices: TypedResource<ApiObject> = { group: 'discovery.k8s.io', plural: 'endpointslices' };
export const statefulSets: TypedResource<StatefulSet> = { group: 'apps', plural: 'statefulsets' };
export const replicaSets: TypedResource<ReplicaSet> = { group: 'apps', plural: 'replicasets' };
export const deployments: TypedResource<Deployment> = { group: 'apps', plural: 'deployments' };
export const daemonSets: TypedResource<DaemonSet> = { group: 'apps', plural: 'daemonsets' };
export const controllerRevisions: TypedResource<ControllerRevision> = { group: 'apps', plural: 'controllerrevisions' };

/** The object in the shape of its resource, or undefined when it does not exist. */
export function read<T extends ApiObject>(
  api: Pick<SandboxApi, 'get'>,
  from: TypedResource<T>,
  name: ObjectName,
): T | undefined {
  return api.get(from, name) as T | undefined;
}

/** The objects in the shape of their resource, in order of names. */
export function readAll<T extends ApiObject>(api: SandboxApi, from: TypedResource<T>, options?: ListOptions): T[] {
  return [...api.list(from, options).items] as T[];
}

/** The name of an object as the API wants it. */
export function nameOf({ metadata }: ApiObject): ObjectName {
  return { namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
}
