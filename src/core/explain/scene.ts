import type { PodMonitor } from '../../api/pod-monitor.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import type { PodObject, ServiceObject } from '../targets/groups/discovered-objects.ts';
import type { TargetFocus } from './case.ts';
import type { ExplainFacts, Question } from './facts.ts';
import type { Chain, ObjectName } from './model.ts';
import { listPods, selectsPod } from './services.ts';
import type { WorkloadView } from './workload-view.ts';

export interface DiscoveredInput {
  readonly question: Question;
  readonly facts: ExplainFacts;
  readonly views: readonly WorkloadView[];
}

/** What a question about a Pod, Service or URL comes to. */
export interface DiscoveredFindings {
  readonly subject: ObjectName;
  readonly chains: readonly Chain[];
}

/** A Pod or Service with what stands around it. */
export interface Scene {
  readonly input: DiscoveredInput;
  readonly subject: ObjectName;
  readonly services: readonly ServiceObject[];
  readonly pods: readonly PodObject[];
  readonly focus: TargetFocus;
}

const podLabel = '__meta_kubernetes_pod_name';
const serviceLabel = '__meta_kubernetes_service_name';
const namespaceLabel = '__meta_kubernetes_namespace';

/** A Pod is reached through its Services and by itself. */
export function openPod(input: DiscoveredInput, pod: PodObject): Scene {
  const { namespace = '', name = '' } = pod.metadata;
  const services = input.facts.cluster.service.list(namespace).filter((service) => selectsPod(service, pod));
  const focus: TargetFocus = (labels) => labels.get(podLabel) === name && labels.get(namespaceLabel) === namespace;
  return { input, subject: { kind: 'Pod', namespace, name }, services, pods: [pod], focus };
}

export function openService(input: DiscoveredInput, service: ServiceObject): Scene {
  const { namespace = '', name = '' } = service.metadata;
  const focus: TargetFocus = (labels) => labels.get(serviceLabel) === name && labels.get(namespaceLabel) === namespace;
  const subject = { kind: 'Service', namespace, name };
  return { input, subject, services: [service], pods: listPods(input.facts.cluster, service), focus };
}

/** Whether a monitor looks in a namespace, as far as its own fields say. */
export function looksIn(monitor: ServiceMonitor | PodMonitor, namespace: string): boolean {
  const { any, matchNames = [] } = monitor.spec.namespaceSelector ?? {};
  if (any === true) return true;
  return matchNames.length > 0 ? matchNames.includes(namespace) : monitor.metadata.namespace === namespace;
}
