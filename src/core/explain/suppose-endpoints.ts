import type {
  EndpointSliceObject,
  EndpointsObject,
  PodObject,
  ServiceObject,
  SlicePort,
  TargetReference,
} from '../targets/groups/discovered-objects.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import { hasEnded, listPods, portsOf, resolvePort, selectorOf } from './services.ts';

const serviceLabel = 'kubernetes.io/service-name';

const nameOf = ({ metadata }: ServiceObject): { namespace: string; name: string } => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
});

/** The slices of a Service. */
function listSlices({ endpointslice }: ClusterObjects, service: ServiceObject): EndpointSliceObject[] {
  const { namespace, name } = nameOf(service);
  return endpointslice.list(namespace).filter(({ metadata }) => metadata.labels?.[serviceLabel] === name);
}

export const hasSlice = (objects: ClusterObjects, service: ServiceObject): boolean =>
  listSlices(objects, service).length > 0;

/** A Pod with an address that has not ended, and the ports of the Service on it. */
interface Backend {
  readonly pod: PodObject;
  readonly address: string;
  readonly ready: boolean;
  readonly ports: readonly (SlicePort & { readonly port: number })[];
}

function listBackends(objects: ClusterObjects, service: ServiceObject): Backend[] {
  return listPods(objects, service).flatMap((pod) => {
    const address = pod.status?.podIP ?? '';
    if (address === '' || hasEnded(pod)) return [];
    const ports = portsOf(service).flatMap((port) => {
      const number = resolvePort(pod, port);
      return number === undefined ? [] : [{ name: port.name ?? '', port: number, protocol: port.protocol ?? 'TCP' }];
    });
    const ready = (pod.status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
    return [{ pod, address, ready, ports }];
  });
}

const referTo = ({ metadata }: PodObject): TargetReference => ({
  kind: 'Pod',
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
});

/** The slice that the cluster would make; undefined where there is one, or where others make it. */
export function deriveSlice(objects: ClusterObjects, service: ServiceObject): EndpointSliceObject | undefined {
  if (selectorOf(service) === undefined || hasSlice(objects, service)) return undefined;
  const { namespace, name } = nameOf(service);
  const backends = listBackends(objects, service);
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { namespace, name: `${name}-supposed`, labels: { ...service.metadata.labels, [serviceLabel]: name } },
    addressType: 'IPv4',
    ports: backends[0]?.ports ?? [],
    endpoints: backends.map(({ pod, address, ready }) => ({
      addresses: [address],
      conditions: { ready, serving: ready, terminating: false },
      nodeName: pod.spec?.nodeName ?? '',
      targetRef: referTo(pod),
    })),
  };
}

/** The Endpoints that the cluster would make: from Pods, else from slices that are there. */
export function deriveEndpoints(objects: ClusterObjects, service: ServiceObject): EndpointsObject | undefined {
  const { namespace, name } = nameOf(service);
  if (objects.endpoints.get(namespace, name) !== undefined) return undefined;
  const slices = listSlices(objects, service);
  if (slices.length === 0 && selectorOf(service) === undefined) return undefined;
  const given = slices.length > 0 ? slices : [deriveSlice(objects, service)].flatMap((one) => one ?? []);
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { namespace, name, labels: { ...service.metadata.labels } },
    subsets: given.flatMap((slice) => ((slice.endpoints ?? []).length === 0 ? [] : [asSubset(slice)])),
  };
}

type Subset = NonNullable<EndpointsObject['subsets']>[number];

function asSubset({ endpoints, ports }: EndpointSliceObject): Subset {
  const all = (endpoints ?? []).flatMap(({ addresses, conditions, ...rest }) =>
    (addresses ?? []).map((ip) => ({
      ready: conditions?.ready !== false,
      address: { ip, nodeName: rest.nodeName, targetRef: rest.targetRef },
    })),
  );
  return {
    addresses: all.filter(({ ready }) => ready).map(({ address }) => address),
    notReadyAddresses: all.filter(({ ready }) => !ready).map(({ address }) => address),
    ports: (ports ?? []).map(({ name, port, protocol }) => ({ name, port: port ?? 0, protocol })),
  };
}
