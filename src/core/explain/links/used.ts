import { complete } from '../../../base/interruptible.ts';
import { keyOf } from '../../../api/meta.ts';
import type { KubernetesObject } from '../../../api/meta.ts';
import { TerminalError, describeError } from '../../../base/errors.ts';
import type { Desired } from '../../desired/steps.ts';
import { InvalidFieldError } from '../../findings.ts';
import { mapSources } from '../../kinds/kind.ts';
import type { WorkloadKind, WorkloadSources } from '../../kinds/kind.ts';
import { createLister } from '../../manifests/sources.ts';
import type { SelectionCase } from '../case.ts';
import { makeStep } from '../case.ts';
import { isAboutUnread } from '../facts.ts';
import { advise } from '../fixes.ts';
import { explainInvalid } from '../invalid-workload.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { cutSources } from '../operator-scope.ts';
import type { RoutingView } from '../routing-view.ts';
import { judgeLabels } from './selection.ts';

/** One object as a workload that is rendered as a whole may use it. */
export interface UseCase extends SelectionCase {
  readonly workloadKind: WorkloadKind;
  /** Of a PrometheusRule: the only rule that is asked about; absent: all of them. */
  readonly rule?: AskedRule | undefined;
  /** What is the same for all objects that are asked about of this workload; absent: this one alone is asked about. */
  readonly shared?: SharedUse | undefined;
}

/** Each is worked out when it is asked for, once, and must be so from what is known. */
export interface SharedUse {
  /** The workload rendered with all its routes. */
  readonly tryAll: () => TriedUse;
  /** Of an Alertmanager. */
  readonly routing: RoutingView | undefined;
}

/** A rule by its place and name. */
export interface AskedRule {
  /** Such as `spec.groups[0].rules[1]`. */
  readonly field: string;
  readonly group: string;
  readonly name: string;
}

/** What a workload names needs no labels. */
export function judgeNamedOrLabels(one: UseCase): Step {
  return isNamed(one) ? describeNamed(one) : judgeLabels(one);
}

/** Whether the spec of the workload has the name of the object, which lies in the same namespace then. */
export function isNamed({ workloadKind, view, kind, name }: UseCase): boolean {
  const named = workloadKind.listNamed?.(view.object.spec) ?? [];
  return view.name.namespace === name.namespace && named.some((it) => it.kind === kind && it.name === name.name);
}

function describeNamed({ view, name }: UseCase): Step {
  const compared = `${showObject(view.name)} begins with ${showObject(name)}, which it names`;
  return makeStep('labels', 'pass', { reason: 'NamedByWorkload', object: view.name, compared });
}

/** Whether the workload takes the object: it is rendered with what its verdict depends on. */
export function judgeUse(one: UseCase): Step {
  const { kind, name, monitor } = one;
  const tried = one.shared !== undefined && kind !== 'PrometheusRule' ? one.shared.tryAll() : tryUse(one);
  if ('failure' in tried) return explainFailure(one, tried.failure);
  const verdicts = tried.desired.verdicts[kind];
  const [failure] = tried.desired.failures;
  if (verdicts === undefined && failure !== undefined) return explainFailure(one, failure);
  const found = verdicts?.rejected.find(({ object }) => keyOf(object) === keyOf(monitor));
  if (found === undefined) {
    const parts = describeParts(monitor, kind);
    return makeStep('valid', 'pass', {
      reason: 'Valid',
      object: name,
      compared: `${showObject(name)} is accepted`,
      found: parts,
    });
  }
  const { reason: cause, field, message } = found.rejection;
  return makeStep('valid', isAboutUnread(one.facts, found.rejection) ? 'unknown' : 'fail', {
    reason: 'Rejected',
    cause,
    object: name,
    at: field,
    compared: `${field === '' ? showObject(name) : field} is rejected (${cause})`,
    found: message,
    fixes: [advise(name, `correct ${field || 'spec'} of ${showObject(name)}`)],
  });
}

/** What came of rendering a workload. */
export type TriedUse = { readonly desired: Desired } | { readonly failure: TerminalError };

/** Rules are judged each for itself; routes share one configuration, and the room in it. Other kinds play no part in either. */
function narrowSources({ facts, kind, monitor }: UseCase): WorkloadSources {
  const sources = cutSources(facts);
  const same = kind === 'PrometheusRule' ? createLister([monitor]) : sources[kind];
  const others = createLister<KubernetesObject>([]);
  return { ...mapSources((other) => (other === kind ? same : others)), namespaces: sources.namespaces };
}

/** Renders the workload of a case. @throws what is no verdict on it. */
export function tryUse(one: UseCase): TriedUse {
  const { workloadKind, view, facts } = one;
  try {
    const match = complete(workloadKind.createMatcher()(view.object, facts.settings, narrowSources(one)));
    return { desired: complete(match.render(facts.readAssets(match.references))) };
  } catch (failure) {
    if (failure instanceof TerminalError) return { failure };
    throw failure;
  }
}

function explainFailure({ view }: UseCase, failure: TerminalError): Step {
  const field = failure instanceof InvalidFieldError ? failure.rejection.field : '';
  return explainInvalid('valid', view.name, { field, message: describeError(failure) });
}

/** How much of it there is. */
function describeParts(object: KubernetesObject, kind: UseCase['kind']): string {
  const { groups = [], receivers = [] } = (object as { spec?: Readonly<Record<string, unknown[]>> }).spec ?? {};
  const [list, word] = kind === 'PrometheusRule' ? [groups, 'group'] : [receivers, 'receiver'];
  return `it has ${list.length} ${word}${list.length === 1 ? '' : 's'}`;
}
