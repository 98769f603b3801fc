import type { KubernetesObject, OwnerReference } from '../../../api/meta.ts';
import { LabelSet } from '../../relabel/label-set.ts';
import { joinHostPort } from '../address.ts';
import { pair, pairIfSet } from './pairs.ts';
import type { TargetGroup } from '../target-group.ts';
import { describeNamespace, describeNode } from './context.ts';
import type { GroupContext } from './context.ts';
import type { Container, ContainerPort, ContainerStatus, PodObject } from './objects.ts';

/** A container with what its place in the pod says about it. */
export interface PlacedContainer {
  readonly container: Container;
  readonly isInit: boolean;
}

/** Containers, then init containers; ephemeral ones never. */
export function listContainers({ spec }: PodObject): readonly PlacedContainer[] {
  const containers = (spec?.containers ?? []).map((container) => ({ container, isInit: false }));
  return [...containers, ...(spec?.initContainers ?? []).map((container) => ({ container, isInit: true }))];
}

/** The group of a pod; without labels and targets where the pod has no IP yet (contract/discovery.md 3.2). */
export function buildPodGroup(pod: PodObject, context: GroupContext): TargetGroup {
  const { namespace = '', name = '' } = pod.metadata;
  const source = `pod/${namespace}/${name}`;
  const podIp = pod.status?.podIP ?? '';
  if (podIp === '' || isOnUnknownNode(pod, context)) return { source, labels: LabelSet.empty, targets: [] };
  const labels = LabelSet.join(
    ['__meta_kubernetes_namespace', namespace],
    describePod(pod, context),
    describeNode(pod.spec?.nodeName, context),
    describeNamespace(namespace, context),
  );
  const targets = listContainers(pod).flatMap((placed) => buildContainerTargets(pod, podIp, placed, context));
  return { source, labels, targets: targets.slice() };
}

function isOnUnknownNode({ spec }: PodObject, { attach, features, listers }: GroupContext): boolean {
  if (!attach.node || !features.hidesPodsOnUnknownNodes) return false;
  return listers.nodes?.get('', spec?.nodeName ?? '') === undefined;
}

/** The labels of a pod that other roles attach too: all but those of its namespace and its node. */
export function describePod(pod: PodObject, context: GroupContext): LabelSet {
  const { metadata, spec, status } = pod;
  const ready = (status?.conditions ?? []).find(({ type }) => type === 'Ready')?.status ?? 'unknown';
  const pairs = [
    ...pair('__meta_kubernetes_pod_ip', status?.podIP),
    ...pair('__meta_kubernetes_pod_host_ip', status?.hostIP),
    ...pair('__meta_kubernetes_pod_node_name', spec?.nodeName),
    ...pair('__meta_kubernetes_pod_uid', metadata.uid),
    ...pair('__meta_kubernetes_pod_phase', status?.phase),
    ...pair('__meta_kubernetes_pod_ready', ready.toLowerCase()),
    ...describeController(pod, context),
  ];
  return LabelSet.join(pairs, context.metadata.describe('pod', pod, { annotations: true }));
}

function describeController(pod: PodObject, context: GroupContext): string[] {
  const controller = findController(pod);
  if (controller === undefined) return [];
  return [
    ...pairIfSet('__meta_kubernetes_pod_controller_kind', controller.kind === '' ? undefined : controller.kind),
    ...pairIfSet('__meta_kubernetes_pod_controller_name', controller.name === '' ? undefined : controller.name),
    ...describeOwners(pod.metadata.namespace ?? '', controller, context),
  ];
}

/** The first owner that is a controller. */
export function findController({ metadata }: KubernetesObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** Owners behind the controller, as far as they are asked for and known. Kinds are compared by name alone. */
function describeOwners(namespace: string, { kind, name }: OwnerReference, context: GroupContext): string[] {
  const { attach, features, listers } = context;
  const pairs: string[] = [];
  if (!features.attachOwners) return pairs;
  if (attach.deployment && kind === 'ReplicaSet') {
    const owner = controllerOf(listers.replicaSets?.get(namespace, name), 'Deployment');
    if (owner !== undefined) pairs.push('__meta_kubernetes_pod_deployment_name', owner);
  }
  if (kind !== 'Job') return pairs;
  if (attach.job) pairs.push('__meta_kubernetes_pod_job_name', name);
  const owner = attach.cronjob ? controllerOf(listers.jobs?.get(namespace, name), 'CronJob') : undefined;
  if (owner !== undefined) pairs.push('__meta_kubernetes_pod_cronjob_name', owner);
  return pairs;
}

function controllerOf(object: KubernetesObject | undefined, kind: string): string | undefined {
  const controller = object === undefined ? undefined : findController(object);
  return controller?.kind === kind ? controller.name : undefined;
}

function buildContainerTargets(
  pod: PodObject,
  podIp: string,
  { container, isInit }: PlacedContainer,
  { features }: GroupContext,
): LabelSet[] {
  const statuses = (isInit ? pod.status?.initContainerStatuses : pod.status?.containerStatuses) ?? [];
  const common = [
    ...pair('__meta_kubernetes_pod_container_name', container.name),
    ...(features.containerId ? ['__meta_kubernetes_pod_container_id', findContainerId(container.name, statuses)] : []),
    ...pair('__meta_kubernetes_pod_container_image', container.image),
    ...pair('__meta_kubernetes_pod_container_init', isInit),
  ];
  const ports = container.ports ?? [];
  // Without a port the address stays bare: an IPv6 one is not put in brackets.
  if (ports.length === 0) return [LabelSet.ofPairs(['__address__', podIp, ...common])];
  return ports.map((port) =>
    LabelSet.ofPairs(['__address__', joinHostPort(podIp, port.containerPort), ...common, ...describePort(port)]),
  );
}

function findContainerId(name: string, statuses: readonly ContainerStatus[]): string {
  return statuses.find((status) => status.name === name)?.containerID ?? '';
}

function describePort({ name, containerPort, protocol }: ContainerPort): string[] {
  return [
    ...pair('__meta_kubernetes_pod_container_port_name', name),
    ...pair('__meta_kubernetes_pod_container_port_number', containerPort),
    ...pair('__meta_kubernetes_pod_container_port_protocol', protocol),
  ];
}
