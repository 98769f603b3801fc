import { listSome } from '../../../base/list-some.ts';
import type { KubernetesObject, LabelSelector } from '../../../api/meta.ts';
import { keyOf } from '../../../api/meta.ts';
import { compileLabelSelector } from '../../selectors/label-selector.ts';
import type { JobCase } from '../case.ts';
import { makeStep } from '../case.ts';
import { isUnread } from '../facts.ts';
import { readField } from '../fields.ts';
import { advise, asGuess, setField } from '../fixes.ts';
import type { Fix, ObjectName, Step } from '../model.ts';
import type { ReasonCode } from '../reasons.ts';
import { findNearest, isNearMiss, showFound, showSelector } from '../selector-clauses.ts';
import type { Clause, Nearest } from '../selector-clauses.ts';
import type { LabelChoice } from './label-choice.ts';
import { showPlaces } from './label-choice.ts';
import { mendLabels } from './selection.ts';
import { selectsPod } from '../services.ts';

const nothingMatches: Readonly<Record<LabelChoice['what'], ReasonCode>> = {
  Service: 'NoServiceMatches',
  Pod: 'NoPodMatches',
  Ingress: 'NoIngressMatches',
};

export const nameObject = (kind: string, { metadata }: KubernetesObject): ObjectName => ({
  kind,
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
});

interface Diagnosis {
  /** Absent: it fails. */
  readonly verdict?: 'unknown';
  readonly reason: ReasonCode;
  readonly at: string;
  readonly found: string;
  readonly fixes: readonly Fix[];
  readonly object?: ObjectName;
}

/** Why nothing is selected: the nearest explanation that holds. */
export function diagnoseSelection(one: JobCase, choice: LabelChoice, compared: string): Step {
  const inside = (namespace = ''): boolean => choice.places?.includes(namespace) ?? true;
  const diagnosis =
    diagnosePlace(one, choice) ??
    diagnoseKind(one, choice, inside) ??
    diagnoseLabels(one, choice, inside) ??
    diagnoseNothing(one, choice);
  if (isUnread(one.facts, choice.what))
    return makeStep('objects', 'unknown', {
      reason: diagnosis.reason,
      object: one.name,
      at: choice.at,
      compared,
      found: `${choice.what} objects could not be read`,
    });
  const { reason, verdict = 'fail', ...rest } = diagnosis;
  return makeStep('objects', verdict, {
    reason,
    object: one.name,
    compared,
    counts: { selected: 0, total: 0 },
    ...rest,
  });
}

/** Something matches in a namespace that is not looked in. */
function diagnosePlace(one: JobCase, choice: LabelChoice): Diagnosis | undefined {
  const { view, name } = one;
  const matches = compileLabelSelector(choice.selector);
  const isEmpty = Object.keys(choice.selector).length === 0;
  const elsewhere = isEmpty ? [] : choice.objects.list().filter(({ metadata }) => matches(metadata.labels ?? {}));
  const places = [...new Set(elsewhere.map(({ metadata }) => metadata.namespace ?? ''))].sort();
  if (places.length === 0) return undefined;
  const found = `${listSome(elsewhere.map(keyOf))} would match, and is not looked for there`;
  if (view.context.spec.ignoreNamespaceSelectors === true) {
    const at = 'spec.ignoreNamespaceSelectors';
    const fixes = [setField(view.name, at, false)];
    return { reason: 'NamespaceSelectorsIgnored', object: view.name, at, found: `${found} (${at} is true)`, fixes };
  }
  const names = [...new Set([...(choice.places ?? []), ...places])].sort();
  const at = choice.namespacesAt;
  return {
    reason: 'InOtherNamespace',
    at,
    found,
    fixes: [setField(name, at, { matchNames: names }), setField(name, at, { any: true })],
  };
}

type Inside = (namespace?: string) => boolean;

/** The selector was written for the other kind of object. */
function diagnoseKind(one: JobCase, choice: LabelChoice, inside: Inside): Diagnosis | undefined {
  if (choice.what === 'Service') return diagnosePodLabels(one, choice, inside);
  return choice.what === 'Pod' ? diagnoseServiceLabels(one, choice, inside) : undefined;
}

function diagnosePodLabels({ facts, name }: JobCase, choice: LabelChoice, inside: Inside): Diagnosis | undefined {
  const matches = compileLabelSelector(choice.selector);
  const pods = facts.cluster.pod
    .list()
    .filter(({ metadata }) => inside(metadata.namespace) && matches(metadata.labels ?? {}));
  const [pod] = pods;
  if (pod === undefined) return undefined;
  const services = facts.cluster.service.list(pod.metadata.namespace);
  const selecting = services.filter((candidate) => selectsPod(candidate, pod));
  const [service] = selecting;
  const found = `${listSome(pods.map(keyOf))} ${pods.length === 1 ? 'is a Pod' : 'are Pods'} with these labels; a ServiceMonitor needs them on the Service`;
  const reason = 'SelectorMatchesPods';
  if (service === undefined)
    return {
      reason,
      at: choice.at,
      found: `${found}, and no Service selects the Pod`,
      fixes: [advise(name, 'write a Service for these Pods, or a PodMonitor in place of the ServiceMonitor')],
    };
  return {
    reason,
    at: choice.at,
    found,
    fixes: adaptSelector(name, choice, { service, isOnly: selecting.length === 1, services }),
  };
}

function diagnoseServiceLabels({ facts, name }: JobCase, choice: LabelChoice, inside: Inside): Diagnosis | undefined {
  const matches = compileLabelSelector(choice.selector);
  const matching = facts.cluster.service
    .list()
    .filter(({ metadata }) => inside(metadata.namespace) && matches(metadata.labels ?? {}));
  const [service] = matching;
  if (service === undefined) return undefined;
  const selector = readField(service, 'spec.selector');
  const found = `Service ${keyOf(service)} has these labels; a PodMonitor needs them on the Pods`;
  const fixes =
    typeof selector === 'object' && selector !== null
      ? [asGuess(setField(name, choice.at, { matchLabels: selector }), matching.length > 1)]
      : [advise(name, 'select labels that the Pods have')];
  return { reason: 'SelectorMatchesServices', at: choice.at, found, fixes };
}

/** Labels that tell what an application is, the most usual ones first. */
const usualLabels = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name', 'app.kubernetes.io/instance'];

interface MeantService {
  readonly service: KubernetesObject;
  /** Whether no other Service selects the Pod. */
  readonly isOnly: boolean;
  /** All of its namespace. */
  readonly services: readonly KubernetesObject[];
}

/** Make the selector take the Service, or give the Service the labels. */
function adaptSelector(monitor: ObjectName, choice: LabelChoice, { service, isOnly, services }: MeantService): Fix[] {
  const object = nameObject('Service', service);
  const { labels = {} } = service.metadata;
  const key = usualLabels.find((one) => Object.hasOwn(labels, one)) ?? Object.keys(labels)[0];
  const clauses = Object.entries(choice.selector.matchLabels ?? {});
  const label = setField(object, ['metadata', 'labels'], { ...labels, ...Object.fromEntries(clauses) });
  if (key === undefined) return [label];
  const same = services.filter(({ metadata }) => metadata.labels?.[key] === labels[key]);
  const fix = setField(monitor, choice.at, { matchLabels: { [key]: labels[key] ?? '' } });
  return [asGuess(fix, !isOnly || same.length > 1), label];
}

/** The object whose labels come nearest: another value, or a label that it lacks. */
function diagnoseLabels(one: JobCase, choice: LabelChoice, inside: Inside): Diagnosis | undefined {
  const candidates = choice.objects.list().filter(({ metadata }) => inside(metadata.namespace));
  const nearest = findNearest(choice.selector, candidates);
  if (nearest === undefined) return undefined;
  // Manifests seldom hold all Pods there are: only what looks like a mistake is taken for one.
  if (choice.what === 'Pod' && one.facts.isOffline && !isNearMiss(nearest)) return undefined;
  const object = nameObject(choice.what, nearest.candidate);
  const [first] = nearest.failed;
  return {
    reason: nothingMatches[choice.what],
    at: first === undefined ? choice.at : `${choice.at}.${first.at.join('.')}`,
    found: `nearest is ${choice.what} ${keyOf(nearest.candidate)}: ${showFound(nearest.clauses)}`,
    fixes: [
      ...adaptClauses(one.name, choice, nearest).map((fix) => asGuess(fix, !isOnlyMiss(choice, nearest, candidates))),
      mendLabels(object, nearest.candidate.metadata.labels ?? {}, nearest.clauses),
    ],
  };
}

/** Whether what differs is a slip of the pen, and nothing else comes as near. */
function isOnlyMiss(
  { selector }: LabelChoice,
  nearest: Nearest<KubernetesObject>,
  candidates: readonly KubernetesObject[],
): boolean {
  const others = candidates.filter((one) => one !== nearest.candidate);
  const other = findNearest(selector, others);
  return isNearMiss(nearest) && (other === undefined || !isNearMiss(other));
}

/** The one clause that fails, with the value that is there. */
function adaptClauses(
  monitor: ObjectName,
  choice: LabelChoice,
  { candidate, failed }: Nearest<KubernetesObject>,
): Fix[] {
  const [only] = failed;
  const labels = candidate.metadata.labels ?? {};
  if (only === undefined || failed.length > 1 || !Object.hasOwn(labels, only.key)) return [];
  const value = labels[only.key] ?? '';
  return [setField(monitor, [...choice.at.split('.'), ...placeOf(only)], valueFor(only, choice.selector, value))];
}

const placeOf = ({ at }: Clause): readonly (string | number)[] => at;

function valueFor({ at, key }: Clause, { matchExpressions = [] }: LabelSelector, value: string): unknown {
  const [list, index] = at;
  if (list !== 'matchExpressions' || typeof index !== 'number') return value;
  return { ...matchExpressions[index], key, operator: 'In', values: [value] };
}

function diagnoseNothing({ name, facts }: JobCase, choice: LabelChoice): Diagnosis {
  const where = showPlaces(choice.places);
  if (facts.isOffline)
    return {
      verdict: 'unknown',
      reason: nothingMatches[choice.what],
      at: choice.at,
      found: `the files hold no such ${choice.what} in ${where}`,
      fixes: [advise(name, `ask with the ${choice.what} among the files, or ask the cluster`)],
    };
  return {
    reason: nothingMatches[choice.what],
    at: choice.at,
    found: `there is no ${choice.what} in ${where} at all`,
    fixes: [
      advise(
        name,
        `create a ${choice.what} with labels ${showSelector(choice.selector)} in ${where}, or set ${choice.namespacesAt}`,
      ),
    ],
  };
}
