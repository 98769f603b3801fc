import type { KubernetesObject } from '../../api/meta.ts';
import type { Lister } from '../listers.ts';
import type {
  Container,
  EndpointSliceObject,
  EndpointsObject,
  IngressObject,
  NodeObject,
  PodObject,
  ServiceObject,
} from '../targets/groups/discovered-objects.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import { createLister } from './sources.ts';

const tcp = 'TCP';

/** Adds the protocol that the server gives to ports without one. */
function defaultProtocol<T extends { readonly protocol?: string | null | undefined }>(port: T): T {
  return { ...port, protocol: port.protocol ?? tcp };
}

function defaultContainers(containers: readonly Container[] | null | undefined): readonly Container[] | undefined {
  return containers?.map((one) => (one.ports ? { ...one, ports: one.ports.map(defaultProtocol) } : one));
}

function defaultPod(pod: PodObject): PodObject {
  const { containers, initContainers } = pod.spec ?? {};
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: defaultContainers(containers),
      initContainers: defaultContainers(initContainers),
    },
  };
}

function defaultService(service: ServiceObject): ServiceObject {
  const { type, ports } = service.spec ?? {};
  return { ...service, spec: { ...service.spec, type: type ?? 'ClusterIP', ports: ports?.map(defaultProtocol) } };
}

function defaultEndpoints(endpoints: EndpointsObject): EndpointsObject {
  const subsets = endpoints.subsets?.map((one) => ({ ...one, ports: one.ports?.map(defaultProtocol) }));
  return { ...endpoints, subsets };
}

function defaultSlice(slice: EndpointSliceObject): EndpointSliceObject {
  return { ...slice, ports: slice.ports?.map((port) => defaultProtocol({ ...port, name: port.name ?? '' })) };
}

/** An object as the server would store it: in a namespace where the kind is in one. */
function place<T extends KubernetesObject>(object: T): T {
  return { ...object, metadata: { ...object.metadata, namespace: object.metadata.namespace ?? 'default' } };
}

/** By apiVersion and kind: what the API server fills in. */
const defaults: Readonly<Record<string, (object: never) => KubernetesObject>> = {
  'v1/Pod': defaultPod,
  'v1/Service': defaultService,
  'v1/Endpoints': defaultEndpoints,
  'discovery.k8s.io/v1/EndpointSlice': defaultSlice,
};

/** An object of a kind that targets are discovered from, with the API server's defaults; others as they are. */
export function fillIn<T extends KubernetesObject>(object: T): T {
  const complete = defaults[`${object.apiVersion ?? ''}/${object.kind ?? ''}`];
  // The key says what the object is, and what is filled in leaves it that.
  return complete === undefined ? object : (complete(object as never) as T);
}

/**
 * What manifests hold of what targets are discovered from, with the API server's defaults filled in
 * (docs/reference/discovery.md 9.3). Nothing is made up: a Deployment gives no Pods here.
 *
 * @param namespaces with their labels, as `readSources` gives them.
 */
export function readClusterObjects(
  manifests: readonly KubernetesObject[],
  namespaces: Lister<KubernetesObject>,
): ClusterObjects {
  const ofKind = <T extends KubernetesObject>(apiVersion: string, kind: string): T[] =>
    manifests.filter((object) => object.kind === kind && object.apiVersion === apiVersion) as T[];
  const read = <T extends KubernetesObject>(apiVersion: string, kind: string): Lister<T> =>
    createLister(ofKind<T>(apiVersion, kind).map((object) => fillIn(place(object))));
  return {
    pod: read<PodObject>('v1', 'Pod'),
    service: read<ServiceObject>('v1', 'Service'),
    endpoints: read<EndpointsObject>('v1', 'Endpoints'),
    endpointslice: read<EndpointSliceObject>('discovery.k8s.io/v1', 'EndpointSlice'),
    ingress: read<IngressObject>('networking.k8s.io/v1', 'Ingress'),
    node: createLister(ofKind<NodeObject>('v1', 'Node')),
    namespaces,
    replicaSets: read('apps/v1', 'ReplicaSet'),
    jobs: read('batch/v1', 'Job'),
  };
}
