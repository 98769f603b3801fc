import { keyOf } from '../../api/meta.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import { choiceOf } from '../select/selected-kinds.ts';
import { makeStep, plural } from './case.ts';
import type { Scene } from './scene.ts';
import { looksIn } from './scene.ts';
import { advise, createObject, setField } from './fixes.ts';
import type { Chain, Fix, ObjectName } from './model.ts';
import { showObject } from './model.ts';
import type { Clause } from './selector-clauses.ts';
import { compareClauses, showFound, showSelector } from './selector-clauses.ts';
import { portsOf } from './services.ts';
import type { WorkloadView } from './workload-view.ts';

/** The chain of a Pod or Service that no monitor selects: the nearest monitor, or a new one. */
export function explainUnselected(scene: Scene): Chain {
  const { subject, input, services } = scene;
  const all = input.facts.sources.ServiceMonitor.list(input.question.monitorNamespace);
  const monitors = all.filter((one) => looksIn(one, subject.namespace));
  const nearest = findNearestMonitor(scene, monitors);
  const [view] = input.views;
  const step = makeStep('objects', 'fail', {
    reason: 'NoMonitorSelects',
    object: nearest?.object ?? subject,
    at: 'metadata.labels',
    compared: `no ServiceMonitor or PodMonitor selects ${showObject(subject)}${services.length === 0 && subject.kind === 'Pod' ? ', and no Service does' : ''}`,
    found:
      nearest === undefined
        ? `none of ${plural(monitors.length, 'ServiceMonitor')} that look in ${subject.namespace} comes near`
        : `nearest is ServiceMonitor ${keyOf(nearest.monitor)}, which selects ${showSelector(nearest.monitor.spec.selector)}: ${showFound(nearest.clauses)}`,
    fixes: [...(nearest === undefined ? [] : [nearest.fix]), ...proposeMonitor(scene)],
  });
  const workload: ObjectName = view?.name ?? { kind: 'Prometheus', namespace: '', name: '' };
  return { workload, monitor: subject, endpoint: '', job: '', scraped: false, steps: [step], targets: [] };
}

interface NearestMonitor {
  readonly monitor: ServiceMonitor;
  readonly object: ObjectName;
  readonly clauses: readonly Clause[];
  readonly fix: Fix;
}

/** The monitor of which fewest clauses fail, if the object has any of the labels that it asks for. */
function findNearestMonitor({ services }: Scene, monitors: readonly ServiceMonitor[]): NearestMonitor | undefined {
  const [service] = services;
  if (service === undefined) return undefined;
  const labels = service.metadata.labels ?? {};
  const ranked = monitors
    .map((monitor) => ({ monitor, clauses: compareClauses(monitor.spec.selector, labels) }))
    .filter(({ clauses }) => clauses.some(({ key }) => Object.hasOwn(labels, key)))
    .sort((a, b) => countFailed(a.clauses) - countFailed(b.clauses));
  const [best] = ranked;
  if (best === undefined) return undefined;
  const object: ObjectName = {
    kind: 'Service',
    namespace: service.metadata.namespace ?? '',
    name: service.metadata.name ?? '',
  };
  const wanted = best.clauses.flatMap(({ holds, key, wanted: value }) =>
    holds || value === undefined ? [] : [[key, value] as const],
  );
  const fix = setField(object, ['metadata', 'labels'], { ...labels, ...Object.fromEntries(wanted) });
  return { ...best, object, fix };
}

const countFailed = (clauses: readonly Clause[]): number => clauses.filter(({ holds }) => !holds).length;

/** The labels that a workload asks of monitors. */
function labelsFor(view: WorkloadView): Readonly<Record<string, string>> | undefined {
  if (view.workload === undefined) return undefined;
  const { selector } = choiceOf(view.object.spec, 'ServiceMonitor');
  if (selector === undefined) return undefined;
  const clauses = compareClauses(selector, {});
  return Object.fromEntries(
    clauses.flatMap(({ key, wanted }) => (wanted === undefined ? [] : [[key, wanted] as const])),
  );
}

/** A ServiceMonitor that would do. */
function proposeMonitor({ services, input, subject }: Scene): Fix[] {
  const [service] = services;
  if (service === undefined) return [advise(subject, 'write a PodMonitor, or a Service and a ServiceMonitor')];
  const labels = input.views.map(labelsFor).find((one) => one !== undefined);
  const [port] = portsOf(service).flatMap(({ name }) => (name === undefined || name === '' ? [] : [name]));
  const { namespace = '', name = '', labels: own = {} } = service.metadata;
  if (labels === undefined || port === undefined || Object.keys(own).length === 0)
    return [advise(subject, `write a ServiceMonitor for Service ${keyOf(service)}`)];
  const monitor = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { namespace, name, labels },
    spec: { selector: { matchLabels: own }, endpoints: [{ port }] },
  };
  return [createObject(monitor, `create a ServiceMonitor for Service ${keyOf(service)} with port ${port}`)];
}
