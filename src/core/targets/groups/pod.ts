import type { KubernetesObject } from '../../../api/meta.ts';
import { LabelSet } from '../../relabel/label-set.ts';
import type { LabelSource } from '../../relabel/label-set.ts';
import { joinHostPort } from '../address.ts';
import { pair, pairIfSet } from './pairs.ts';
import { PodSource, findController } from './pod-source.ts';
import type { TargetGroup } from '../target-group.ts';
import { describeNamespace, describeNode } from './group-context.ts';
import type { GroupContext } from './group-context.ts';
import type { Container, ContainerPort, ContainerStatus, PodObject } from './discovered-objects.ts';

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

/** The group of a pod; without labels and targets where the pod has no IP yet (docs/reference/discovery.md 3.2). */
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
  const targets = listContainers(pod).flatMap((placed) => buildContainerTargets({ pod, podIp }, placed, context));
  return { source, labels, targets: targets.slice() };
}

/** Such a pod gives no targets. */
export function isOnUnknownNode({ spec }: PodObject, { attach, features, listers }: GroupContext): boolean {
  if (!attach.node || !features.hidesPodsOnUnknownNodes) return false;
  return listers.nodes?.get('', spec?.nodeName ?? '') === undefined;
}

/** The labels of a pod that other roles attach too: all but those of its namespace and its node. */
export function describePod(pod: PodObject, context: GroupContext): LabelSource {
  const owners = LabelSet.ofPairs(describeOwners(pod, context));
  return new PodSource(pod, context.metadata.describe('pod', pod, { annotations: true }), owners);
}

/** Owners behind the controller, as far as they are asked for and known. Kinds are compared by name alone. */
function describeOwners(pod: PodObject, context: GroupContext): string[] {
  const controller = context.features.attachOwners ? findController(pod) : undefined;
  if (controller?.kind === 'ReplicaSet') return describeDeployment(pod, controller.name, context);
  return controller?.kind === 'Job' ? describeJob(pod, controller.name, context) : [];
}

function describeDeployment({ metadata }: PodObject, name: string, { attach, listers }: GroupContext): string[] {
  if (!attach.deployment) return [];
  const owner = controllerOf(listers.replicaSets?.get(metadata.namespace ?? '', name), 'Deployment');
  return pairIfSet('__meta_kubernetes_pod_deployment_name', owner);
}

function describeJob({ metadata }: PodObject, name: string, { attach, listers }: GroupContext): string[] {
  const job = attach.cronjob ? listers.jobs?.get(metadata.namespace ?? '', name) : undefined;
  return [
    ...pairIfSet('__meta_kubernetes_pod_job_name', attach.job ? name : undefined),
    ...pairIfSet('__meta_kubernetes_pod_cronjob_name', controllerOf(job, 'CronJob')),
  ];
}

function controllerOf(object: KubernetesObject | undefined, kind: string): string | undefined {
  const controller = object === undefined ? undefined : findController(object);
  return controller?.kind === kind ? controller.name : undefined;
}

function buildContainerTargets(
  { pod, podIp }: { readonly pod: PodObject; readonly podIp: string },
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
