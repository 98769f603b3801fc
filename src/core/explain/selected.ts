import { nearestName } from '../../api/validation/nearest.ts';
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { WorkloadKind, WorkloadObject } from '../kinds/kind.ts';
import { workloadKinds } from '../kinds/registry.ts';
import { describeRefusals } from '../refusal.ts';
import { makeStep } from './case.ts';
import { findDecisive, rankChain } from './chain.ts';
import type { ExplainFacts, Question, SelectedSubject } from './facts.ts';
import { advise } from './fixes.ts';
import type { UseCase } from './links/used.ts';
import { describeDecisive } from './decisive.ts';
import type { Chain, Explanation, ExplanationVerdict, ObjectName } from './model.ts';
import { showName, showObject } from './model.ts';
import { SubjectNotFoundError } from './not-found.ts';
import { summarise } from './summary.ts';
import { openRulesCase } from './links/opened-rules.ts';
import { configLinks, ruleLinks, walkUse } from './use-chain.ts';

/**
 * Why rules or routes are used or not: the chain from the operator's flags to the verdict of each workload that selects objects
 * of the kind.
 * @throws {SubjectNotFoundError} when there is no such object or workload.
 */
export function explainSelected(subject: SelectedSubject, question: Question, facts: ExplainFacts): Explanation {
  const name: ObjectName = { ...subject };
  const object = findObject(subject, facts);
  const cases = listCases(name, object, facts);
  const chosen = chooseCases(cases, question);
  const chains = chosen.length > 0 ? chosen.map(followUse) : [explainNobody(name, readersOf(subject.kind))];
  return conclude(name, chains, facts);
}

/** The kinds of workloads that select objects of a kind. */
export const readersOf = (kind: SelectedSubject['kind']): WorkloadKind[] =>
  workloadKinds.filter(({ selects }) => selects.includes(kind));

/** @throws {SubjectNotFoundError} with the nearest name. */
function findObject({ kind, namespace, name }: SelectedSubject, { sources }: ExplainFacts): KubernetesObject {
  const found = sources[kind].get(namespace, name);
  if (found !== undefined) return found;
  const all: readonly KubernetesObject[] = sources[kind].list();
  throw SubjectNotFoundError.of({ kind, namespace, name }, all.map(keyOf), nearestName);
}

/** How each workload of a kind that selects such objects may use one. */
export function listCases(name: ObjectName, monitor: KubernetesObject, facts: ExplainFacts): UseCase[] {
  const kind = name.kind as SelectedSubject['kind'];
  const open = (workloadKind: WorkloadKind, object: WorkloadObject): UseCase => {
    const { namespace = '', name: own = '' } = object.metadata;
    const view = { name: { kind: workloadKind.type.kind, namespace, name: own }, object };
    return { facts, workloadKind, view, kind, monitor, name };
  };
  return readersOf(kind).flatMap((workloadKind) =>
    facts.instancesOf(workloadKind).map((object) => open(workloadKind, object)),
  );
}

/** Those of the workload that was asked for. @throws {SubjectNotFoundError} */
export function chooseCases(cases: readonly UseCase[], { workload }: Question): readonly UseCase[] {
  if (workload === undefined) return cases;
  const chosen = cases.filter(({ view }) => showName(view.name) === workload || view.name.name === workload);
  if (chosen.length > 0) return chosen;
  const known = cases.map(({ view }) => showObject(view.name)).join(', ') || 'none at all';
  throw new SubjectNotFoundError(`Cannot find workload "${workload}": there are ${known}`);
}

/** How far a workload comes in using an object. */
export function followUse(one: UseCase): Chain {
  const { steps, passed } = walkUse(openRulesCase(one), one.kind === 'PrometheusRule' ? ruleLinks : configLinks);
  return { workload: one.view.name, monitor: one.name, endpoint: '', job: '', scraped: passed, steps, targets: [] };
}

/** The chain where no workload of a kind that selects it is known. */
export function explainNobody(name: ObjectName, readers: readonly WorkloadKind[]): Chain {
  const [first = ''] = readers.map(({ type }) => type.kind);
  const wanted = readers.map(({ type }) => type.kind).join(' or ');
  const step = makeStep('operator', 'fail', {
    reason: 'NoWorkload',
    object: name,
    compared: `an object of kind ${wanted} must select it`,
    found: 'there is none',
    fixes: [advise(name, `create an object of kind ${wanted} that selects it`)],
  });
  const workload = { kind: first, namespace: '', name: '' };
  return { workload, monitor: name, endpoint: '', job: '', scraped: false, steps: [step], targets: [] };
}

function conclude(subject: ObjectName, chains: readonly Chain[], facts: ExplainFacts): Explanation {
  return { ...weighUses(subject, chains), notes: describeRefusals(facts.listUnread()) };
}

/** The answer but for what was not read: that is the same for all. */
export function weighUses(subject: ObjectName, chains: readonly Chain[]): Omit<Explanation, 'notes'> {
  const ranked = [...chains].sort((a, b) => Number(b.scraped) - Number(a.scraped) || rankChain(b) - rankChain(a));
  const [primary] = ranked;
  const decisive = primary === undefined ? undefined : findDecisive(primary);
  const verdict = judge(primary);
  const best = chains.filter(({ scraped }) => scraped);
  return {
    subject,
    verdict,
    ...describeDecisive(decisive, subject, 'Used'),
    summary: summarise({ subject, verdict, best, primary, decisive }),
    chains: ranked,
  };
}

function judge(primary: Chain | undefined): ExplanationVerdict {
  if (primary?.scraped === true) return 'Used';
  return primary?.steps.some(({ verdict }) => verdict === 'fail') === true ? 'NotUsed' : 'Unknown';
}
