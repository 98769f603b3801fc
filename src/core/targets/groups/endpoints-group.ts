import { LabelSet } from '../../relabel/label-set.ts';
import { joinHostPort } from '../address.ts';
import { pair, pairIfSet } from './pairs.ts';
import type { TargetGroup } from '../target-group.ts';
import { describeNamespace, describeNode } from './group-context.ts';
import type { GroupContext } from './group-context.ts';
import type { EndpointAddress, EndpointPort, EndpointsObject } from './discovered-objects.ts';
import { PodPorts } from './pod-ports.ts';

/** The group of an Endpoints object: its addresses, then the ports of their pods that it lacks (docs/reference/discovery.md 3.5). */
export function buildEndpointsGroup(endpoints: EndpointsObject, context: GroupContext): TargetGroup {
  const { namespace = '', name = '' } = endpoints.metadata;
  const { metadata, features, listers } = context;
  const service = listers.services?.get(namespace, name);
  const labels = LabelSet.join(
    ['__meta_kubernetes_namespace', namespace],
    describeNamespace(namespace, context),
    metadata.describe('endpoints', endpoints, { annotations: features.annotationsOfEndpoints }),
    service === undefined ? LabelSet.empty : metadata.describe('service', service, { annotations: true }),
  );
  const pods = new PodPorts(context);
  const targets: LabelSet[] = [];
  for (const { ports, addresses, notReadyAddresses } of endpoints.subsets ?? []) {
    for (const port of ports ?? []) {
      const build = (ready: boolean) => (address: EndpointAddress) =>
        buildTarget(address, { port, ready, pods, context });
      targets.push(...(addresses ?? []).map(build(true)), ...(notReadyAddresses ?? []).map(build(false)));
    }
  }
  return { source: `endpoints/${namespace}/${name}`, labels, targets: [...targets, ...pods.listUndeclared()] };
}

interface Place {
  readonly port: EndpointPort;
  readonly ready: boolean;
  readonly pods: PodPorts;
  readonly context: GroupContext;
}

function buildTarget(address: EndpointAddress, { port, ready, pods, context }: Place): LabelSet {
  const { targetRef, nodeName } = address;
  const protocol = port.protocol ?? '';
  const [container, pod] = pods.describe(targetRef, { number: port.port, protocol });
  const pairs = [
    ...pair('__address__', joinHostPort(address.ip, port.port)),
    ...pair('__meta_kubernetes_endpoint_port_name', port.name),
    ...pair('__meta_kubernetes_endpoint_port_protocol', protocol),
    ...pair('__meta_kubernetes_endpoint_ready', ready),
    ...describeAddress(address),
    ...container,
  ];
  return LabelSet.join(pairs, pod, describeNode(nodeName ?? findReferredNode(address, context), context));
}

function describeAddress({ targetRef, nodeName, hostname }: EndpointAddress): string[] {
  const pairs = [
    ...pairIfSet('__meta_kubernetes_endpoint_node_name', nodeName),
    ...pairIfSet('__meta_kubernetes_endpoint_hostname', hostname === '' ? undefined : hostname),
  ];
  if (targetRef === undefined || targetRef === null) return pairs;
  return [
    ...pairs,
    ...pair('__meta_kubernetes_endpoint_address_target_kind', targetRef.kind),
    ...pair('__meta_kubernetes_endpoint_address_target_name', targetRef.name),
  ];
}

function findReferredNode({ targetRef }: EndpointAddress, { features }: GroupContext): string | undefined {
  return features.nodeOfTargetRef && targetRef?.kind === 'Node' ? (targetRef.name ?? '') : undefined;
}
