import type { KubernetesObject } from '../../api/meta.ts';
import type { Container, ContainerPort, PodObject, ServiceObject } from '../targets/groups/discovered-objects.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import { readField } from './fields.ts';

/** A port of a Service, as far as discovery does not read it. */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol?: string;
}

/** The selector of a Service; undefined where it has none and others make its endpoints. */
export function selectorOf(service: KubernetesObject): Readonly<Record<string, string>> | undefined {
  const selector = readField(service, 'spec.selector');
  if (typeof selector !== 'object' || selector === null || Object.keys(selector).length === 0) return undefined;
  return selector as Readonly<Record<string, string>>;
}

/** Whether the selector of a Service takes a Pod of the same namespace. */
export function selectsPod(service: KubernetesObject, pod: KubernetesObject): boolean {
  return compileSelector(service)(pod);
}

/** The same of many Pods: the selector is read once. */
function compileSelector(service: KubernetesObject): (pod: KubernetesObject) => boolean {
  const clauses = Object.entries(selectorOf(service) ?? {});
  const { namespace = '' } = service.metadata;
  return ({ metadata }) =>
    clauses.length > 0 &&
    (metadata.namespace ?? '') === namespace &&
    clauses.every(([key, value]) => metadata.labels?.[key] === value);
}

export function portsOf(service: ServiceObject): readonly ServicePort[] {
  return (service.spec?.ports ?? []) as readonly ServicePort[];
}

/** The Pods behind a Service, whatever state they are in. */
export function listPods({ pod }: ClusterObjects, service: ServiceObject): PodObject[] {
  return pod.list(service.metadata.namespace).filter(compileSelector(service));
}

/** Containers whose ports are open while the Pod runs; init containers that stay are among them. */
export function containersOf({ spec }: PodObject): readonly Container[] {
  const staying = (spec?.initContainers ?? []).filter((one) => readField(one, 'restartPolicy') === 'Always');
  return [...(spec?.containers ?? []), ...staying];
}

export function containerPortsOf(pod: PodObject): readonly ContainerPort[] {
  return containersOf(pod).flatMap(({ ports }) => ports ?? []);
}

/** The number that a Service's port leads to on a Pod; undefined when no container declares the name. */
export function resolvePort(
  pod: PodObject,
  { port, targetPort = port, protocol = 'TCP' }: ServicePort,
): number | undefined {
  if (typeof targetPort === 'number') return targetPort === 0 ? port : targetPort;
  return containerPortsOf(pod).find((one) => one.name === targetPort && (one.protocol ?? 'TCP') === protocol)
    ?.containerPort;
}

/** "http-metrics (8081)", or the number alone. */
export function showPort(name: string | null | undefined, number: number): string {
  return (name ?? '') === '' ? `unnamed (${number})` : `${name ?? ''} (${number})`;
}

/** Whether a Pod has run to its end. */
export const hasEnded = ({ status }: PodObject): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';
