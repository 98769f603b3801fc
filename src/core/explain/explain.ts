import type { Interruptible } from '../../base/interruptible.ts';
import { once } from '../../base/once.ts';
import { monitorKinds } from '../monitor.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import type { Monitor } from '../monitor.ts';
import { describeRefusals } from '../refusal.ts';
import { explainAlertmanager } from './alertmanager-health.ts';
import { explainAlert } from './alerts.ts';
import { makeStep } from './case.ts';
import { followMonitor } from './chain.ts';
import type { ExplainFacts, MonitorSubject, Premises, Question, SelectedSubject, Subject } from './facts.ts';
import { advise } from './fixes.ts';
import type { Chain, Explanation, ObjectName } from './model.ts';
import { showObject } from './model.ts';
import { explainDiscovered } from './discovered.ts';
import { Inquiry } from './inquiry.ts';
import { isUsedKind } from './kind-words.ts';
import { looksIn } from './scene.ts';
import { SubjectNotFoundError } from './not-found.ts';
import type { Answers, OpenQuestions } from './questions.ts';
import { explainSelected } from './selected.ts';
import { UnpreparedError } from './unprepared.ts';
import { openWorkloads } from './workload-view.ts';
import type { WorkloadView } from './workload-view.ts';
import { weighChains } from './weigh.ts';
import type { Findings } from './weigh.ts';

/** An answer, or what must be known first. */
export type Outcome = { readonly explanation: Explanation } | { readonly open: OpenQuestions };

/** What an explanation starts from. */
export interface Knowledge {
  readonly premises: Premises;
  readonly answers: Answers;
}

/**
 * Why something is scraped, used or notified of, or not: the chain from the operator's flags to the last scrape or notification, for
 * each workload and endpoint.
 * What decides comes first. Nothing is read here: what is not among the answers comes back as questions, and whoever
 * answers them asks again with the answers. It rests where all jobs of a workload must be looked at.
 *
 * @throws {SubjectNotFoundError} when there is no such object, target or workload.
 */
export function* explain(question: Question, { premises, answers }: Knowledge): Interruptible<Outcome> {
  const inquiry = new Inquiry(answers);
  const explanation = yield* inquiry.attempt(concludeInPieces(question, inquiry.openFacts(premises)));
  return explanation === undefined ? { open: inquiry.open } : { explanation };
}

function* concludeInPieces(question: Question, facts: ExplainFacts): Interruptible<Explanation> {
  const open = once(() => openWorkloads(facts));
  for (;;)
    try {
      return conclude(question, facts, open);
    } catch (error) {
      if (!(error instanceof UnpreparedError) || facts.hasOpen()) throw error;
      yield* error.prepare();
    }
}

function conclude(question: Question, facts: ExplainFacts, open: () => readonly WorkloadView[]): Explanation {
  const { subject } = question;
  if (isSelected(subject)) return explainSelected(subject, question, facts);
  if (subject.kind === 'Alert') return explainAlert(subject, question, facts);
  if (subject.kind === 'Alertmanager') return explainAlertmanager(subject, facts);
  const views = chooseWorkloads(question, open());
  if (!isMonitor(subject)) return weigh(explainDiscovered({ question, facts, views }), facts);
  const monitor = findMonitor(subject, facts);
  const name: ObjectName = { ...subject };
  const { kind } = subject;
  const chains = views.flatMap((view) => followMonitor({ question, facts, view, kind, monitor, name }));
  return weigh({ subject: name, chains: chains.length > 0 ? chains : [explainNoWorkload(name)] }, facts);
}

function isSelected(subject: Subject): subject is SelectedSubject {
  return isUsedKind(subject.kind);
}

function isMonitor(subject: Subject): subject is MonitorSubject {
  return (monitorKinds as readonly string[]).includes(subject.kind);
}

function chooseWorkloads({ workload }: Question, views: readonly WorkloadView[]): readonly WorkloadView[] {
  if (workload === undefined) return views;
  const chosen = views.filter(({ object }) => keyOf(object) === workload || object.metadata.name === workload);
  if (chosen.length > 0) return chosen;
  const known = views.map(({ name }) => showObject(name)).join(', ') || 'none at all';
  throw new SubjectNotFoundError(`Cannot find workload "${workload}": there are ${known}`);
}

/** @throws {SubjectNotFoundError} with the nearest name. */
function findMonitor({ kind, namespace, name }: MonitorSubject, { sources }: ExplainFacts): Monitor {
  const found = sources[kind].get(namespace, name);
  if (found !== undefined) return found;
  const all: readonly KubernetesObject[] = sources[kind].list();
  throw SubjectNotFoundError.of({ kind, namespace, name }, all.map(keyOf), nearestName);
}

/** The chain of a monitor in a cluster without any Prometheus. */
export function explainNoWorkload(name: ObjectName): Chain {
  const workload: ObjectName = { kind: 'Prometheus', namespace: '', name: '' };
  const step = makeStep('operator', 'fail', {
    reason: 'NoWorkload',
    object: name,
    compared: 'a Prometheus or PrometheusAgent must select it',
    found: 'there is none',
    fixes: [advise(name, 'create a Prometheus that selects it')],
  });
  return { workload, monitor: name, endpoint: '', job: '', scraped: false, steps: [step], targets: [] };
}

/** Before Services and Pods are looked at it does not matter which of them were supposed. */
function listSupposed(chain: Chain | undefined, { supposed, sources }: ExplainFacts): string[] {
  const isReached = chain?.steps.some(({ link, reason }) => link === 'objects' && reason !== 'NotReached') ?? false;
  if (chain === undefined || !isReached) return [];
  const { kind, namespace, name } = chain.monitor;
  const monitor = kind === 'ServiceMonitor' || kind === 'PodMonitor' ? sources[kind].get(namespace, name) : undefined;
  const isLookedAt = (place: string): boolean =>
    monitor === undefined ? place === namespace : looksIn(monitor, place);
  return supposed.flatMap((one) => (isLookedAt(one.namespace) ? [one.text] : []));
}

function weigh(findings: Findings, facts: ExplainFacts): Explanation {
  const weighed = weighChains(findings);
  const notes = [...describeRefusals(facts.listUnread()), ...listSupposed(weighed.chains[0], facts)];
  return { ...weighed, notes };
}
