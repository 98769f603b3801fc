/** Which Pods stand behind a Service, and what each offers: shared by Endpoints and EndpointSlices. */
import type { SandboxApi } from '../../api.ts';
import { isTerminating } from '../owners.ts';
import { isFinished, isReady } from '../pod-state.ts';
import { nodes, pods, read, readAll } from '../resources.ts';
import type { Container, Pod, Service, ServicePort } from '../shapes.ts';

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
  readonly nodeName: string | undefined;
  readonly zone: string | undefined;
}

/** The Pods the Service's selector selects that have an address and have not ended, in order of names. */
export function listEndpointFacts(api: SandboxApi, service: Service): EndpointFact[] {
  const { namespace = '' } = service.metadata;
  const labelSelector = Object.entries(service.spec.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join();
  const found = readAll(api, pods, { namespace, labelSelector });
  return found.flatMap((pod) => {
    const address = pod.status?.podIP ?? '';
    return address === '' || isFinished(pod) ? [] : [describePod(api, service, pod, address)];
  });
}

function describePod(api: SandboxApi, service: Service, pod: Pod, address: string): EndpointFact {
  const { hostname, subdomain, nodeName } = pod.spec;
  const node = nodeName === undefined ? undefined : read(api, nodes, { namespace: '', name: nodeName });
  const terminating = isTerminating(pod);
  const serving = isReady(pod);
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  return {
    pod,
    address,
    ports: listPorts(service, pod),
    ready,
    serving,
    terminating,
    hostname: subdomain === service.metadata.name ? hostname : undefined,
    nodeName,
    zone: node?.metadata.labels?.['topology.kubernetes.io/zone'],
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
  const groups = new Map<string, EndpointFact[]>();
  for (const fact of facts) {
    const key = JSON.stringify(fact.ports);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()];
}
