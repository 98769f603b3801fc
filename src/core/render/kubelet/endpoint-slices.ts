import type { KubernetesObject, ObjectMeta } from '../../../api/meta.ts';
import type { OperatorSettings } from '../../settings.ts';
import { compareJson } from '../shared/differences.ts';
import { mergeMetadata } from '../shared/merge-metadata.ts';
import { asOwner, referToOwner } from '../shared/metadata.ts';
import type { KubeletAddress } from './addresses.ts';
import type { EndpointPort, KubeletPlan, TargetReference } from './kubelet-objects.ts';
import { describeKubelets, listKubeletPorts, referToNode } from './kubelet-objects.ts';
import { sliceEndpoints } from '../../limits.ts';

interface Endpoint {
  addresses: string[];
  conditions?: { ready?: boolean };
  nodeName?: string;
  targetRef?: TargetReference;
}

export interface EndpointSlice extends KubernetesObject {
  addressType: 'IPv4' | 'IPv6' | 'FQDN';
  endpoints?: Endpoint[] | null;
  ports?: EndpointPort[] | null;
}

/** What has to be written so that the slices show the addresses; nothing that is as it should be is among it. */
export interface EndpointSliceChanges {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

export interface EndpointSliceInput {
  readonly plan: KubeletPlan;
  readonly addresses: readonly KubeletAddress[];
  /** The Service as it is in the cluster: the slices' owner. */
  readonly service: KubernetesObject;
  /** Those with our labels that are in the cluster. */
  readonly live: readonly EndpointSlice[];
  readonly settings: OperatorSettings;
}

const families = ['IPv4', 'IPv6'] as const;

export const serviceNameLabel = 'kubernetes.io/service-name';
export const sliceManagerLabel = 'endpointslice.kubernetes.io/managed-by';
export const sliceManager = 'prometheus-operator';

/**
 * Changes as few slices as possible: addresses stay in the slice that they are in, new ones go where there is room, and a
 * slice without any goes. Labels, ports and owner of those that exist are brought up to date, which the reference leaves.
 */
export function planEndpointSlices(input: EndpointSliceInput): EndpointSliceChanges {
  const changes = families.map((family) => planFamily(family, input));
  const isForeign = ({ addressType }: EndpointSlice): boolean => !families.some((family) => family === addressType);
  return {
    create: changes.flatMap(({ create }) => create),
    update: changes.flatMap(({ update }) => update),
    remove: [...changes.flatMap(({ remove }) => remove), ...input.live.filter(isForeign)],
  };
}

const sliceType = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };

function planFamily(family: 'IPv4' | 'IPv6', input: EndpointSliceInput): EndpointSliceChanges {
  const wanted = new Map(
    input.addresses
      .filter((address) => address.family === family)
      .map((address) => [`${address.node.name} ${address.ip}`, toEndpoint(address)]),
  );
  const live = input.live.filter(({ addressType }) => addressType === family);
  const kept = live.map((slice) => ({ slice, endpoints: takeOver(slice, wanted) }));
  // What is left in `wanted` is in no slice yet.
  const added = [...wanted.values()];
  for (const { endpoints } of kept) {
    if (endpoints.length > 0) endpoints.push(...added.splice(0, sliceEndpoints - endpoints.length));
  }
  const ports = listKubeletPorts(input.plan).map((port) => ({ ...port, protocol: 'TCP' }));
  const blank = { ...sliceType, metadata: describeSlice(input), addressType: family, ports };
  const create: EndpointSlice[] = [];
  while (added.length > 0) create.push({ ...blank, endpoints: added.splice(0, sliceEndpoints) });
  const filled = kept.filter(({ endpoints }) => endpoints.length > 0);
  return {
    create,
    update: filled.flatMap(({ slice, endpoints }) => revise(slice, { ...blank, endpoints })),
    remove: kept.filter(({ endpoints }) => endpoints.length === 0).map(({ slice }) => slice),
  };
}

/** The endpoints of the slice that are still wanted, as they should be now; they are taken out of `wanted`. */
function takeOver({ endpoints }: EndpointSlice, wanted: Map<string, Endpoint>): Endpoint[] {
  return (endpoints ?? []).slice(0, sliceEndpoints).flatMap(({ addresses, nodeName = '' }) => {
    const key = `${nodeName} ${addresses[0] ?? ''}`;
    const endpoint = wanted.get(key);
    wanted.delete(key);
    return endpoint ?? [];
  });
}

function toEndpoint(address: KubeletAddress): Endpoint {
  const { ip, node } = address;
  return {
    addresses: [ip],
    conditions: { ready: true },
    nodeName: node.name,
    targetRef: referToNode(address),
  };
}

function describeSlice({ plan, service, settings }: EndpointSliceInput): ObjectMeta {
  const labels = { [serviceNameLabel]: plan.service.name, [sliceManagerLabel]: sliceManager };
  const { name: _name, ...metadata } = describeKubelets(plan, labels, settings);
  const owner = asOwner(service, { apiVersion: 'v1', kind: 'Service' });
  return { ...metadata, generateName: `${plan.service.name}-`, ownerReferences: [referToOwner(owner)] };
}

/** The slice to write over the live one; none when it is as it should be. */
function revise(live: EndpointSlice, desired: EndpointSlice): EndpointSlice[] {
  const name = live.metadata.name ?? '';
  const metadata = mergeMetadata(live.metadata, { ...desired.metadata, name });
  const view = ({ metadata: { labels, annotations, ownerReferences }, endpoints, ports }: EndpointSlice): unknown => ({
    metadata: { labels: labels ?? {}, annotations: annotations ?? {}, ownerReferences: ownerReferences ?? [] },
    endpoints,
    ports,
  });
  const object = { ...desired, metadata };
  return compareJson(view(object), view(live), '').length === 0 ? [] : [object];
}
