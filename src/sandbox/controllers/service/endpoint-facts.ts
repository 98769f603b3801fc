/** Which Pods stand behind a Service, and what each offers: shared by Endpoints and EndpointSlices. */
import { groupBy } from '../../../base/group-by.ts';
import type { Clock } from '../../../base/clock.ts';
import type { SandboxApi } from '../../api.ts';
import { renderTime } from '../../rest/backend.ts';
import { isTerminating } from '../owners.ts';
import { isFinished, isReady } from '../pod-state.ts';
import { nodes, pods, read, readAll } from '../resources.ts';
import type { Container, Node, Pod, Service, ServicePort } from '../shapes.ts';

export interface EndpointPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/** A Pod of a Service with an address. */
export interface EndpointFact {
  readonly pod: Pod;
  readonly address: string;
  readonly ports: readonly EndpointPort[];
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** Only when the Pod's subdomain is the Service. */
  readonly hostname: string | undefined;
  readonly nodeName: string;
  readonly zone: string | undefined;
}

/** The Pods the Service's selector selects that are on a Node, have an address and have not ended, in order of names. */
export function listEndpointFacts(api: SandboxApi, service: Service): EndpointFact[] {
  const { namespace = '' } = service.metadata;
  const labelSelector = Object.entries(service.spec.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join();
  const live = readAll(api, pods, { namespace, labelSelector }).filter((pod) => !isFinished(pod));
  return live.flatMap((pod) => {
    const { nodeName = '' } = pod.spec;
    const node = nodeName === '' ? undefined : read(api, nodes, { namespace: '', name: nodeName });
    const address = pod.status?.podIP ?? '';
    return node === undefined || address === '' ? [] : [describePod(service, { pod, node, address })];
  });
}

interface PodOnNode {
  readonly pod: Pod;
  readonly node: Node;
  readonly address: string;
}

function describePod(service: Service, { pod, node, address }: PodOnNode): EndpointFact {
  const { hostname, subdomain } = pod.spec;
  const terminating = isTerminating(pod);
  const serving = isReady(pod);
  return {
    pod,
    address,
    ports: listPorts(service, pod),
    ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating),
    serving,
    terminating,
    hostname: subdomain === service.metadata.name ? hostname : undefined,
    nodeName: node.metadata.name ?? '',
    zone: node.metadata.labels?.['topology.kubernetes.io/zone'],
  };
}

/** The Service's ports on this Pod: named target ports are looked up, and left out when no container has them. */
function listPorts(service: Service, pod: Pod): EndpointPort[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = findTarget(pod, port);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [{ name, port: number, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) }];
  });
}

function findTarget(pod: Pod, { port, targetPort = port, protocol = 'TCP' }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort === 0 ? port : targetPort;
  const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const offered = [...pod.spec.containers, ...sidecars].flatMap(({ ports = [] }: Container) => ports);
  return offered.find(({ name, protocol: own = 'TCP' }) => name === targetPort && own === protocol)?.containerPort;
}

/** Labels the Service hands on to its Endpoints and EndpointSlices. */
export function inheritedLabels({ metadata, spec }: Service): Record<string, string> {
  const { 'service.kubernetes.io/headless': _own, ...labels } = metadata.labels ?? {};
  return spec.clusterIP === 'None' ? { ...labels, 'service.kubernetes.io/headless': '' } : labels;
}

export function targetOf({ metadata }: Pod): object {
  return { kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name ?? '', uid: metadata.uid ?? '' };
}

/** Facts by the ports they offer, in order of appearance: an Endpoints subset and a slice have one list of ports. */
export function groupByPorts(facts: readonly EndpointFact[]): EndpointFact[][] {
  return [...groupBy(facts, ({ ports }) => JSON.stringify(ports)).values()];
}

/** The annotation that says when the Service or its Pods last changed. */
export function renderTrigger(clock: Clock): Record<string, string> {
  return { 'endpoints.kubernetes.io/last-change-trigger-time': renderTime(clock) };
}
