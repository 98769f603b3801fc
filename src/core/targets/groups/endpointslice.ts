import { LabelSet } from '../../relabel/label-set.ts';
import type { LabelSource } from '../../relabel/label-set.ts';
import { joinHostPort } from '../address.ts';
import type { TargetGroup } from '../target-group.ts';
import { describeNamespace, describeNode } from './group-context.ts';
import type { GroupContext } from './group-context.ts';
import { sanitizeLabelName } from './metadata-labels.ts';
import type { EndpointSliceObject, ServiceObject, SliceEndpoint, SlicePort } from './discovered-objects.ts';
import { pair, pairIfSet } from './pairs.ts';
import { PodPorts } from './pod-ports.ts';

export const serviceNameLabel = 'kubernetes.io/service-name';

/** The group of an EndpointSlice: its addresses, then the ports of their pods that it lacks (docs/reference/discovery.md 3.6). */
export function buildEndpointSliceGroup(slice: EndpointSliceObject, context: GroupContext): TargetGroup {
  const { namespace = '', name = '' } = slice.metadata;
  const service = findService(slice, context);
  const isHidden = context.features.hidesSecondaryFamilies && isSecondaryFamily(slice, service);
  return {
    source: `endpointslice/${namespace}/${name}`,
    labels: describeGroup(slice, service, context),
    targets: isHidden ? [] : buildTargets(slice, context),
  };
}

/** The service whose endpoints the slice holds; undefined when it is not known. */
export function findService({ metadata }: EndpointSliceObject, { listers }: GroupContext): ServiceObject | undefined {
  return listers.services?.get(metadata.namespace ?? '', metadata.labels?.[serviceNameLabel] ?? '');
}

function buildTargets({ endpoints, ports }: EndpointSliceObject, context: GroupContext): LabelSet[] {
  const pods = new PodPorts(context);
  const targets: LabelSet[] = [];
  for (const endpoint of endpoints ?? []) {
    const shared = describeEndpoint(endpoint, context);
    for (const port of ports ?? []) {
      for (const address of endpoint.addresses ?? [])
        targets.push(buildTarget(address, { endpoint, port, shared, pods }));
    }
  }
  return [...targets, ...pods.listUndeclared()];
}

function describeGroup(
  slice: EndpointSliceObject,
  service: ServiceObject | undefined,
  context: GroupContext,
): LabelSet {
  const { metadata, features } = context;
  const { namespace = '', name = '' } = slice.metadata;
  const own = features.labelsOfSlices
    ? metadata.describe('endpointslice', slice, { annotations: true })
    : LabelSet.ofPairs(['__meta_kubernetes_endpointslice_name', name]);
  return LabelSet.join(
    ['__meta_kubernetes_namespace', namespace, '__meta_kubernetes_endpointslice_address_type', slice.addressType ?? ''],
    describeNamespace(namespace, context),
    service === undefined ? LabelSet.empty : metadata.describe('service', service, { annotations: true }),
    own,
  );
}

/** A dual-stack service has a slice for each family: the second would double every target. */
export function isSecondaryFamily({ addressType }: EndpointSliceObject, service: ServiceObject | undefined): boolean {
  const { ipFamilyPolicy, ipFamilies } = service?.spec ?? {};
  const [primary] = ipFamilies ?? [];
  const isDual = ipFamilyPolicy === 'PreferDualStack' || ipFamilyPolicy === 'RequireDualStack';
  return isDual && primary !== undefined && addressType !== primary;
}

interface Place {
  readonly endpoint: SliceEndpoint;
  readonly port: SlicePort;
  /** Labels of the endpoint, the same for all its ports and addresses, and those of its node. */
  readonly shared: { readonly pairs: readonly string[]; readonly node: LabelSource };
  readonly pods: PodPorts;
}

function buildTarget(address: string, { endpoint, port, shared, pods }: Place): LabelSet {
  const number = port.port ?? undefined;
  const [container, pod] = pods.describe(endpoint.targetRef, { number, protocol: undefined });
  const pairs = [
    ...['__address__', number === undefined ? address : joinHostPort(address, number)],
    ...pairIfSet('__meta_kubernetes_endpointslice_port_name', port.name),
    ...pairIfSet('__meta_kubernetes_endpointslice_port_protocol', port.protocol),
    ...pairIfSet('__meta_kubernetes_endpointslice_port_app_protocol', port.appProtocol),
    ...pairIfSet('__meta_kubernetes_endpointslice_port', number),
  ];
  return LabelSet.join([...pairs, ...shared.pairs, ...container], pod, shared.node);
}

function describeEndpoint(endpoint: SliceEndpoint, context: GroupContext): Place['shared'] {
  const pairs = [
    ...describeConditions(endpoint, context),
    ...pairIfSet('__meta_kubernetes_endpointslice_endpoint_hostname', endpoint.hostname),
    ...describePlace(endpoint, context),
    ...describeReference(endpoint),
    ...describeTopology(endpoint),
  ];
  return { pairs, node: describeNode(findReferredNode(endpoint, context) ?? endpoint.nodeName, context) };
}

/** Conditions that are not set are not taken for anything. */
function describeConditions({ conditions }: SliceEndpoint, { features }: GroupContext): string[] {
  const pairs = pairIfSet('__meta_kubernetes_endpointslice_endpoint_conditions_ready', conditions?.ready);
  if (!features.sliceServingAndTerminating) return pairs;
  return [
    ...pairs,
    ...pairIfSet('__meta_kubernetes_endpointslice_endpoint_conditions_serving', conditions?.serving),
    ...pairIfSet('__meta_kubernetes_endpointslice_endpoint_conditions_terminating', conditions?.terminating),
  ];
}

function describePlace({ nodeName, zone }: SliceEndpoint, { features }: GroupContext): string[] {
  if (!features.sliceNodeAndZone) return [];
  return [
    ...pairIfSet('__meta_kubernetes_endpointslice_endpoint_node_name', nodeName),
    ...pairIfSet('__meta_kubernetes_endpointslice_endpoint_zone', zone),
  ];
}

function describeReference({ targetRef }: SliceEndpoint): string[] {
  if (targetRef === undefined || targetRef === null) return [];
  return [
    ...pair('__meta_kubernetes_endpointslice_address_target_kind', targetRef.kind),
    ...pair('__meta_kubernetes_endpointslice_address_target_name', targetRef.name),
  ];
}

function describeTopology({ deprecatedTopology }: SliceEndpoint): string[] {
  return Object.entries(deprecatedTopology ?? {}).flatMap(([key, value]) => {
    const name = sanitizeLabelName(key);
    return [
      ...pair(`__meta_kubernetes_endpointslice_endpoint_topology_${name}`, value),
      ...pair(`__meta_kubernetes_endpointslice_endpoint_topology_present_${name}`, true),
    ];
  });
}

function findReferredNode({ targetRef }: SliceEndpoint, { features }: GroupContext): string | undefined {
  return features.nodeOfTargetRef && targetRef?.kind === 'Node' ? (targetRef.name ?? '') : undefined;
}
