import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import { compileLabelSelector } from '../selectors/label-selector.ts';
import type { PodObject, ServiceObject } from '../targets/groups/objects.ts';
import type { PodMonitor } from '../../api/pod-monitor.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import type { MonitorCase, TargetFocus } from './case.ts';
import { followMonitor } from './chain.ts';
import type { ExplainFacts, Question } from './facts.ts';
import type { Chain, ObjectName } from './model.ts';
import { SubjectNotFoundError } from './not-found.ts';
import { listPods, selectsPod } from './services.ts';
import { explainTarget } from './target-subject.ts';
import { explainUnselected } from './unselected.ts';
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

/** Follows every monitor that selects what was asked about. @throws {SubjectNotFoundError} */
export function explainDiscovered(input: DiscoveredInput): DiscoveredFindings {
  const { subject } = input.question;
  switch (subject.kind) {
    case 'Target':
      return explainTarget(input, subject.url);
    case 'Pod':
      return followAll(openPod(input, findObject(input.facts.cluster.pod, subject)));
    case 'Service':
      return followAll(openService(input, findObject(input.facts.cluster.service, subject)));
    default:
      throw new RangeError(`${subject.kind} is no discovered object`);
  }
}

interface Finder<T> {
  get(namespace: string, name: string): T | undefined;
  list(): readonly T[];
}

function findObject<T extends KubernetesObject>(objects: Finder<T>, subject: ObjectName): T {
  const found = objects.get(subject.namespace, subject.name);
  if (found !== undefined) return found;
  throw SubjectNotFoundError.of(subject, objects.list().map(keyOf), nearestName);
}

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

const selects = (monitor: ServiceMonitor | PodMonitor, { metadata }: KubernetesObject): boolean =>
  looksIn(monitor, metadata.namespace ?? '') && compileLabelSelector(monitor.spec.selector)(metadata.labels ?? {});

export function followAll(scene: Scene): DiscoveredFindings {
  const { input, subject, services, pods } = scene;
  const { facts, question } = input;
  const serviceMonitors = facts.sources.ServiceMonitor.list(question.monitorNamespace).filter((one) =>
    services.some((service) => selects(one, service)),
  );
  const isPod = subject.kind === 'Pod';
  const podMonitors = facts.sources.PodMonitor.list(question.monitorNamespace).filter(
    (one) => isPod && pods.some((pod) => selects(one, pod)),
  );
  const chains = [
    ...serviceMonitors.flatMap((one) => follow(scene, 'ServiceMonitor', one)),
    ...podMonitors.flatMap((one) => follow(scene, 'PodMonitor', one)),
  ];
  return { subject, chains: chains.length > 0 ? chains : [explainUnselected(scene)] };
}

function follow(scene: Scene, kind: 'ServiceMonitor' | 'PodMonitor', monitor: ServiceMonitor | PodMonitor): Chain[] {
  const { question, facts, views } = scene.input;
  const { namespace = '', name = '' } = monitor.metadata;
  const shared: Omit<MonitorCase, 'view'> = {
    question,
    facts,
    kind,
    monitor,
    name: { kind, namespace, name },
    focus: scene.focus,
    pods: scene.pods,
  };
  return views.flatMap((view) => followMonitor({ ...shared, view }));
}
