import { listSome } from '../../../base/list-some.ts';
import { keyOf } from '../../../api/meta.ts';
import { nearestName } from '../../../api/validation/nearest.ts';
import type { PodObject, ServiceObject } from '../../targets/groups/discovered-objects.ts';
import type { JobCase } from '../case.ts';
import { kubernetesOf, makeStep, plural } from '../case.ts';
import { isUnread } from '../facts.ts';
import { advise, setField } from '../fixes.ts';
import type { Fix, ObjectName, Step } from '../model.ts';
import type { ReasonCode } from '../reasons.ts';
import { compareClauses, isNearMiss, showFound, showSelector } from '../selector-clauses.ts';
import { containerPortsOf, hasEnded, listPods, portsOf, resolvePort, selectorOf, showPort } from '../services.ts';
import { nameObject } from './selection-diagnosis.ts';

interface Diagnosis {
  readonly reason: ReasonCode;
  readonly verdict?: 'unknown';
  readonly object: ObjectName;
  readonly at: string;
  readonly compared: string;
  readonly found: string;
  readonly fixes: readonly Fix[];
}

/** Why no address is behind the Services that a monitor selects: the first of them tells. */
export function diagnoseEndpoints(one: JobCase, services: readonly ServiceObject[]): Step {
  const [service] = services;
  if (service === undefined) return makeStep('endpoints', 'fail', { reason: 'NoEndpoints', object: one.name });
  const { verdict = 'fail', reason, ...rest } = explainService(one, service);
  return makeStep('endpoints', verdict, { reason, counts: { selected: 0, total: services.length }, ...rest });
}

function explainService(one: JobCase, service: ServiceObject): Diagnosis {
  const object = nameObject('Service', service);
  const key = keyOf(service);
  if (service.spec?.type === 'ExternalName')
    return {
      reason: 'ExternalNameService',
      object,
      at: 'spec.type',
      compared: `Service ${key} is of type ExternalName`,
      found: 'it is a name in DNS, without endpoints',
      fixes: [
        advise(one.name, `write a ScrapeConfig with a static target for ${service.spec.externalName ?? 'the name'}`),
      ],
    };
  const selector = selectorOf(service);
  if (selector === undefined) return explainNoSelector(one, service, object);
  const pods = one.pods ?? listPods(one.facts.cluster, service);
  return pods.length === 0 ? explainNoPods(one, service, selector) : explainPods(one, service, pods);
}

/** Somebody has to write the endpoints of a Service without a selector: the nearest Pods are proposed. */
function explainNoSelector({ facts }: JobCase, service: ServiceObject, object: ObjectName): Diagnosis {
  const [pod] = facts.cluster.pod.list(service.metadata.namespace).filter((one) => isAlike(one, service));
  const labels = Object.entries(pod?.metadata.labels ?? {}).filter(([key]) => key !== 'pod-template-hash');
  return {
    reason: 'ServiceWithoutSelector',
    object,
    at: 'spec.selector',
    compared: `Service ${keyOf(service)} has no selector`,
    found: 'and nobody made Endpoints or EndpointSlices for it',
    fixes: [
      ...(labels.length === 0 ? [] : [setField(object, 'spec.selector', Object.fromEntries(labels))]),
      advise(object, `make an EndpointSlice with label kubernetes.io/service-name=${object.name}`),
    ],
  };
}

/** A Pod that shares a label with the Service. */
const isAlike = (pod: PodObject, service: ServiceObject): boolean =>
  Object.entries(service.metadata.labels ?? {}).some(([key, value]) => pod.metadata.labels?.[key] === value);

function explainNoPods(
  { facts }: JobCase,
  service: ServiceObject,
  selector: Readonly<Record<string, string>>,
): Diagnosis {
  const object = nameObject('Service', service);
  const inside = facts.cluster.pod.list(service.metadata.namespace);
  const compared = `Service ${keyOf(service)} selects Pods by ${showSelector({ matchLabels: { ...selector } })}`;
  const shared = { object, at: 'spec.selector', compared };
  if (inside.length === 0 && (facts.isOffline || isUnread(facts, 'Pod')))
    return {
      ...shared,
      reason: 'NoEndpoints',
      verdict: 'unknown',
      found: 'no Pods and nothing that makes Pods is known in its namespace',
      fixes: [],
    };
  const ranked = inside
    .map((pod) => compareClauses({ matchLabels: { ...selector } }, pod.metadata.labels ?? {}))
    .map((clauses, index) => ({ clauses, pod: inside[index] }))
    .sort((a, b) => countFailed(a.clauses) - countFailed(b.clauses));
  const [nearest] = ranked;
  if (nearest?.pod === undefined)
    return {
      ...shared,
      reason: 'ServiceSelectsNoPods',
      found: `there are no Pods in ${object.namespace}`,
      fixes: [advise(object, `run Pods with labels ${showSelector({ matchLabels: { ...selector } })}`)],
    };
  // Manifests seldom hold all Pods there are: only what looks like a mistake is taken for one.
  const failed = nearest.clauses.filter(({ holds }) => !holds);
  if (facts.isOffline && !isNearMiss({ ...nearest, candidate: nearest.pod, failed }))
    return {
      ...shared,
      reason: 'NoEndpoints',
      verdict: 'unknown',
      found: 'the files hold no such Pod, and nothing that makes one',
      fixes: [],
    };
  return {
    ...shared,
    reason: 'ServiceSelectsNoPods',
    found: `nearest is Pod ${keyOf(nearest.pod)}: ${showFound(nearest.clauses)}`,
    fixes: [adaptSelector(object, selector, nearest.pod)],
  };
}

/** The values of the Pod for those keys that it has. */
function adaptSelector(object: ObjectName, selector: Readonly<Record<string, string>>, pod: PodObject): Fix {
  const labels = pod.metadata.labels ?? {};
  const kept = Object.keys(selector).filter((key) => Object.hasOwn(labels, key));
  if (kept.length === 0) return advise(object, 'select labels that the Pods have');
  return setField(object, 'spec.selector', Object.fromEntries(kept.map((key) => [key, labels[key] ?? ''])));
}

const countFailed = (clauses: readonly { readonly holds: boolean }[]): number =>
  clauses.filter(({ holds }) => !holds).length;

function explainPods(one: JobCase, service: ServiceObject, pods: readonly PodObject[]): Diagnosis {
  const object = nameObject('Service', service);
  const shared = { object, at: 'spec.selector' };
  const live = pods.filter((pod) => !hasEnded(pod));
  if (live.length === 0)
    return {
      ...shared,
      reason: 'PodsEnded',
      compared: `Service ${keyOf(service)} selects ${plural(pods.length, 'Pod')}`,
      found: listSome(pods.map((pod) => `${keyOf(pod)} is ${pod.status?.phase ?? ''}`)),
      fixes: [
        advise(
          nameObject('Pod', pods[0] ?? service),
          'what has ended cannot be scraped: run it as a Deployment, or push metrics of short jobs to a Pushgateway',
        ),
      ],
    };
  const placed = live.filter((pod) => (pod.status?.podIP ?? '') !== '');
  if (placed.length === 0)
    return {
      ...shared,
      reason: 'PodsWithoutAddress',
      compared: `Service ${keyOf(service)} selects ${plural(live.length, 'Pod')}, none with an IP address`,
      found: listSome(live.map((pod) => `${keyOf(pod)} is ${pod.status?.phase ?? 'not scheduled'}`)),
      fixes: adviseOnPods(live),
    };
  return explainPorts(service, placed) ?? explainRole(one, service);
}

/** A named targetPort that no container declares leaves the address without a port. */
function explainPorts(service: ServiceObject, pods: readonly PodObject[]): Diagnosis | undefined {
  const ports = portsOf(service);
  const index = ports.findIndex((port) => pods.every((pod) => resolvePort(pod, port) === undefined));
  const port = ports[index];
  const [pod] = pods;
  if (port === undefined || pod === undefined) return undefined;
  const object = nameObject('Service', service);
  const declared = containerPortsOf(pod);
  const names = declared.flatMap(({ name }) => name ?? []);
  const best =
    nearestName(String(port.targetPort), names) ?? (names.length === 1 ? names[0] : declared[0]?.containerPort);
  const at = `spec.ports[${index}].targetPort`;
  return {
    reason: 'ServicePortUnresolved',
    object,
    at,
    compared: `port ${port.name ?? port.port} of Service ${keyOf(service)} leads to "${port.targetPort ?? ''}"`,
    found: `containers of Pod ${keyOf(pod)} declare ${declared.map((one) => showPort(one.name, one.containerPort)).join(', ') || 'no ports'}`,
    fixes:
      best === undefined ? [advise(object, 'set targetPort to the number of the port')] : [setField(object, at, best)],
  };
}

/** Pods are fine, but objects of the role that is discovered are missing. */
function explainRole({ loaded, name }: JobCase, service: ServiceObject): Diagnosis {
  const role = kubernetesOf(loaded)?.role ?? 'endpoints';
  return {
    reason: 'EndpointsMissing',
    object: nameObject('Service', service),
    at: '',
    compared: `targets come from role ${role}`,
    found: `there is no such object with an address for Service ${keyOf(service)}`,
    fixes: [setField(name, 'spec.serviceDiscoveryRole', role === 'endpoints' ? 'EndpointSlice' : 'Endpoints')],
  };
}

/** Where to look when a Pod does not start. */
export function adviseOnPods(pods: readonly PodObject[]): Step['fixes'] {
  const [pod] = pods;
  if (pod === undefined) return [];
  const { namespace = '', name = '' } = pod.metadata;
  const text = `find out why it does not run: kubectl describe pod ${name} -n ${namespace}`;
  return [{ object: { kind: 'Pod', namespace, name }, change: 'manual', field: '', path: [], text }];
}
