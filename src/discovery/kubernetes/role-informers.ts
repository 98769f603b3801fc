import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { AttachMetadata } from '../../core/targets/groups/group-context.ts';
import type {
  NodeObject,
  PodObject,
  Role,
  RoleObjects,
  ServiceObject,
} from '../../core/targets/groups/discovered-objects.ts';
import type { RoleSelector } from '../../core/targets/sd-config.ts';
import type { Indexer } from '../../kubernetes/cache/indexer.ts';
import {
  controllerOfPod,
  nodeOfPod,
  nodesOfEndpoints,
  nodesOfSlice,
  podsOfEndpoints,
  servicesOfSlice,
} from './indexers.ts';
import type { InformerSource, LentInformer } from './informer-pool.ts';
import { jobType, namespaceType, replicaSetType, roleTypes } from './resources.ts';

/** The informers of one role in one namespace: the objects that become groups, and those that add to them. */
export interface RoleInformers<R extends Role> {
  readonly main: LentInformer<RoleObjects[R]>;
  readonly pods: LentInformer<PodObject> | undefined;
  readonly services: LentInformer<ServiceObject> | undefined;
  readonly nodes: LentInformer<NodeObject> | undefined;
  readonly namespaces: LentInformer<KubernetesObject> | undefined;
  readonly replicaSets: LentInformer<KubernetesObject> | undefined;
  readonly jobs: LentInformer<KubernetesObject> | undefined;
}

export interface RoleInformersOptions<R extends Role> {
  readonly pool: InformerSource;
  readonly role: R;
  /** "" for all. */
  readonly namespace: string;
  readonly selectors: readonly RoleSelector[];
  readonly attach: AttachMetadata;
}

type Indexers<T extends KubernetesObject> = Readonly<Record<string, Indexer<T>>>;

type IndexerTable = { readonly [R in Role]: Indexers<RoleObjects[R]> };

/** Indexes of the main objects, each only where something is attached that needs it (docs/reference/discovery.md 2.9). */
function listIndexers(attach: AttachMetadata): IndexerTable {
  return {
    node: {},
    pod: {
      ...(attach.node ? { node: nodeOfPod } : {}),
      ...(attach.deployment ? { replicaSet: controllerOfPod('ReplicaSet') } : {}),
      ...(attach.job || attach.cronjob ? { job: controllerOfPod('Job') } : {}),
    },
    service: {},
    endpoints: { pod: podsOfEndpoints, ...(attach.node ? { node: nodesOfEndpoints } : {}) },
    endpointslice: { service: servicesOfSlice, ...(attach.node ? { node: nodesOfSlice } : {}) },
    ingress: {},
  };
}

const everything: AttachMetadata = { node: true, namespace: true, deployment: true, job: true, cronjob: true };

/** Every index that any role asks for of objects of that type. */
export function listAllIndexers<T extends KubernetesObject>(type: ResourceType): Indexers<T> {
  const role = (Object.keys(roleTypes) as Role[]).find((one) => roleTypes[one].kind === type.kind);
  // The role decides the type of its objects.
  return role === undefined ? {} : listIndexers(everything)[role];
}

/** Which informers a role has besides its own (docs/reference/discovery.md 2.4). */
function chooseOthers(
  role: Role,
  attach: AttachMetadata,
): Readonly<Record<keyof Omit<RoleInformers<Role>, 'main'>, boolean>> {
  const isBacked = role === 'endpoints' || role === 'endpointslice';
  const hasPods = isBacked || role === 'pod';
  return {
    services: isBacked,
    pods: isBacked,
    nodes: hasPods && attach.node,
    namespaces: role !== 'node' && attach.namespace,
    replicaSets: hasPods && attach.deployment,
    jobs: hasPods && (attach.job || attach.cronjob),
  };
}

/** Borrows what a role needs; `release` gives it all back. */
export function acquireInformers<R extends Role>(
  options: RoleInformersOptions<R>,
): { readonly informers: RoleInformers<R>; release(): void } {
  const { pool, role, namespace, selectors, attach } = options;
  const releases: (() => void)[] = [];
  const acquire = <T extends KubernetesObject>(type: ResourceType, selected?: Role, indexers: Indexers<T> = {}) => {
    const selector = selectors.find((one) => one.role === selected);
    const lease = pool.acquire<T>({
      type,
      namespace: type.namespaced ? namespace : '',
      labelSelector: selector?.label ?? '',
      fieldSelector: selector?.field ?? '',
      indexers,
    });
    releases.push(() => lease.release());
    return lease.informer;
  };
  const others = chooseOthers(role, attach);
  const informers: RoleInformers<R> = {
    main: acquire<RoleObjects[R]>(roleTypes[role], role, listIndexers(attach)[role]),
    services: others.services ? acquire<ServiceObject>(roleTypes.service, 'service') : undefined,
    pods: others.pods ? acquire<PodObject>(roleTypes.pod, 'pod') : undefined,
    nodes: others.nodes ? acquire<NodeObject>(roleTypes.node, 'node') : undefined,
    namespaces: others.namespaces ? acquire(namespaceType) : undefined,
    replicaSets: others.replicaSets ? acquire(replicaSetType) : undefined,
    jobs: others.jobs ? acquire(jobType) : undefined,
  };
  return { informers, release: () => releases.forEach((release) => release()) };
}

/** The informers that work waits for: endpoints do not wait for ReplicaSets and Jobs (docs/reference/discovery.md 2.7). */
export function listAwaited<R extends Role>(
  role: R,
  { main, pods, services, nodes, namespaces, replicaSets, jobs }: RoleInformers<R>,
): readonly Pick<LentInformer<KubernetesObject>, 'hasSynced' | 'health'>[] {
  const owners = role === 'pod' ? [replicaSets, jobs] : [];
  return [main, pods, services, nodes, namespaces, ...owners].filter((informer) => informer !== undefined);
}
