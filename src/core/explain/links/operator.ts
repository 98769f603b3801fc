import { explainInvalid } from '../invalid-workload.ts';
import type { FieldSegments, Fix, ObjectName, Step } from '../model.ts';
import { showObject } from '../model.ts';
import { advise, removeField, setField } from '../fixes.ts';
import type { MonitorCase, SelectionCase } from '../case.ts';
import { makeStep } from '../case.ts';
import type { OperatorScope } from '../facts.ts';
import type { ReasonCode } from '../reasons.ts';
import {
  controllerIdAnnotation,
  instancesOfKind,
  judgeNamespace,
  matchesInstanceSelector,
  placesOf,
} from '../operator-scope.ts';
import { listAsked } from './replicas.ts';
import { isUnmanaged } from '../../render/prometheus/prometheus-workload.ts';

const fail = (reason: ReasonCode, rest: Omit<Parameters<typeof makeStep>[2], 'reason'>): Step =>
  makeStep('operator', 'fail', { reason, ...rest });

/** What the flags say, for people. */
function showFlags({ namespaces, deniedNamespaces }: OperatorScope): string {
  if (namespaces.length > 0) return `--namespaces=${namespaces.join(',')}`;
  return deniedNamespaces.length > 0 ? `--deny-namespaces=${deniedNamespaces.join(',')}` : 'all namespaces are watched';
}

const operator: ObjectName = { kind: 'operator', namespace: '', name: 'flags' };

/** A place that a flag leaves out. */
function refusePlace(
  reasons: { readonly denied: ReasonCode; readonly missing: ReasonCode },
  name: ObjectName,
  place: { readonly scope: OperatorScope; readonly namespaces: readonly string[]; readonly flag: string },
): Step | undefined {
  const judged = judgeNamespace(place.scope, place.namespaces, name.namespace);
  if (judged === 'watched') return undefined;
  const isDenied = judged === 'denied';
  const flag = isDenied ? '--deny-namespaces' : place.flag;
  const list = isDenied ? place.scope.deniedNamespaces : place.namespaces;
  return fail(isDenied ? reasons.denied : reasons.missing, {
    object: name,
    at: 'metadata.namespace',
    compared: `the operator runs with ${flag}=${list.join(',')}`,
    found: `${showObject(name)} is in namespace ${name.namespace}`,
    fixes: [advise(operator, `start the operator ${isDenied ? 'without' : 'with'} ${name.namespace} in ${flag}`)],
  });
}

function checkObjectNamespace({ facts: { scope }, name, kind }: SelectionCase): Step | undefined {
  const reasons = { denied: 'NamespaceDenied', missing: 'NamespaceNotWatched' } as const;
  return refusePlace(reasons, name, { scope, ...placesOf(scope, kind) });
}

/** A workload that is looked at for itself. */
export type WorkloadCase = Pick<SelectionCase, 'facts' | 'view'>;

function checkWorkloadNamespace({ facts: { scope }, view: { name } }: WorkloadCase): Step | undefined {
  const reasons = { denied: 'WorkloadNamespaceDenied', missing: 'WorkloadNamespaceNotWatched' } as const;
  const { namespaces, flags } = instancesOfKind(scope, name.kind);
  return refusePlace(reasons, name, { scope, namespaces, flag: `${flags}-namespaces` });
}

/** Another operator's instances are told apart by an annotation that must equal `--controller-id`. */
function checkControllerId({ facts: { scope }, view }: WorkloadCase): Step | undefined {
  const found = view.object.metadata.annotations?.[controllerIdAnnotation] ?? '';
  if (found === scope.controllerId) return undefined;
  const path: FieldSegments = ['metadata', 'annotations', controllerIdAnnotation];
  const fix: Fix =
    scope.controllerId === '' ? removeField(view.name, path) : setField(view.name, path, scope.controllerId);
  return fail('ControllerIdDiffers', {
    object: view.name,
    at: fix.field,
    compared:
      scope.controllerId === ''
        ? 'the operator has no --controller-id'
        : `the operator runs with --controller-id=${scope.controllerId}`,
    found: found === '' ? `no annotation ${controllerIdAnnotation}` : `${controllerIdAnnotation}: ${found}`,
    fixes: [fix],
  });
}

function checkInstanceSelector({ facts: { scope }, view }: WorkloadCase): Step | undefined {
  const instances = instancesOfKind(scope, view.name.kind);
  if (matchesInstanceSelector(instances, view.object)) return undefined;
  const labels = Object.entries(view.object.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const [, key, value] = /^([^=!<>,\s]+)==?([^,\s]*)$/.exec(instances.selector) ?? [];
  return fail('InstanceSelectorDiffers', {
    object: view.name,
    at: 'metadata.labels',
    compared: `the operator runs with ${instances.flags}-selector=${instances.selector}`,
    found: labels.length === 0 ? `${showObject(view.name)} has no labels` : labels.join(', '),
    fixes:
      key === undefined || value === undefined
        ? [advise(view.name, `give ${showObject(view.name)} labels that match ${instances.selector}`)]
        : [setField(view.name, ['metadata', 'labels', key], value)],
  });
}

/** A paused workload keeps what it had: whether the monitor is in it only its replicas can tell. */
function checkPaused(one: WorkloadCase): Step | undefined {
  const { view } = one;
  if (view.object.spec.paused !== true) return undefined;
  const isKnown = listAsked(one).some(({ config }) => config !== undefined);
  return makeStep('operator', isKnown ? 'warn' : 'fail', {
    reason: 'WorkloadPaused',
    object: view.name,
    at: 'spec.paused',
    compared: 'spec.paused stops the operator from carrying out changes',
    found: 'true',
    fixes: [setField(view.name, 'spec.paused', false)],
  });
}

function checkRenderable({ view }: MonitorCase): Step | undefined {
  const problem = view.findProblem();
  return problem && explainInvalid('operator', view.name, problem);
}

function checkManaged({ view, kind, monitor }: MonitorCase): Step | undefined {
  const workload = view.requireWorkload();
  if (workload.form === 'DaemonSet' && kind !== 'PodMonitor' && !view.hasPerNode(kind, monitor))
    return fail('KindIgnored', {
      object: view.name,
      at: 'spec.mode',
      compared:
        'in mode DaemonSet an agent scrapes PodMonitors, each of its pods those of its own node, and other kinds with the discovery service alone',
      found: `a ${kind}`,
      fixes: [
        setField(view.name, 'spec.mode', 'StatefulSet'),
        advise(
          view.name,
          'or write a PodMonitor in its place, or let the discovery service find its targets (docs/discovery-service.md)',
        ),
      ],
    });
  if (!isUnmanaged(workload)) return undefined;
  const field = `spec.${kind.charAt(0).toLowerCase()}${kind.slice(1)}Selector`;
  return fail('Unmanaged', {
    object: view.name,
    at: field,
    compared: 'with all four selectors of monitors null the operator leaves the configuration to you',
    found: `${field} is null (selects nothing; {} selects everything)`,
    fixes: [setField(view.name, field, {})],
  });
}

const workloadChecks = [checkWorkloadNamespace, checkControllerId, checkInstanceSelector];
const selectionChecks = [...workloadChecks, checkObjectNamespace];

/** Whether the operator looks after this workload and this object at all. */
export function judgeWatched(one: SelectionCase): Step {
  return findStep([...selectionChecks, checkPaused], one) ?? describeWatched(one);
}

/** Whether the operator looks after a workload, whatever it selects. */
export function judgeWorkload(one: WorkloadCase): Step {
  return findStep([...workloadChecks, checkPaused], one) ?? describeWatched({ ...one, name: one.view.name });
}

/** The same for a monitor: its workload must have a configuration, too. */
export function judgeOperator(one: MonitorCase): Step {
  const step = findStep<MonitorCase>([...selectionChecks, checkRenderable, checkManaged, checkPaused], one);
  return step ?? describeWatched(one);
}

type Check<T> = (one: T) => Step | undefined;

function findStep<T>(checks: readonly Check<T>[], one: T): Step | undefined {
  for (const check of checks) {
    const step = check(one);
    if (step !== undefined) return step;
  }
  return undefined;
}

function describeWatched({ name, view, facts }: Pick<SelectionCase, 'name' | 'view' | 'facts'>): Step {
  return makeStep('operator', 'pass', {
    reason: 'Watched',
    object: view.name,
    compared: `watches namespace ${name.namespace}`,
    found: showFlags(facts.scope),
  });
}
