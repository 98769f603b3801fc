import { keyOf } from '../../api/meta.ts';
import { describeRefusals } from '../refusal.ts';
import { endsWay, followAlert } from './alert-chain.ts';
import type { AlertWorld } from './alert-chain.ts';
import { findDecisive } from './chain.ts';
import { describeDecisive } from './decisive.ts';
import type { AlertQuestion, AlertSubject, ExplainFacts, Question } from './facts.ts';
import type { Chain, Explanation, ExplanationVerdict, ObjectName, Step } from './model.ts';
import { showObject } from './model.ts';
import { SubjectNotFoundError } from './not-found.ts';
import { openRoutingViews } from './routing-view.ts';
import type { RoutingView } from './routing-view.ts';
import { summarise } from './summary.ts';

const unasked: AlertQuestion = { at: 0, zone: 'UTC', labels: new Map(), firing: [] };

/**
 * Who is notified of an alert, or why nobody is: the chain from its rule to the receiver, for each rule of that name.
 * @throws {SubjectNotFoundError} when no rule makes such an alert, or there is no such workload or Alertmanager.
 */
export function explainAlert(subject: AlertSubject, question: Question, facts: ExplainFacts): Explanation {
  const asked = question.alert ?? unasked;
  const alertmanagers = chooseAlertmanagers(openRoutingViews(facts), asked.alertmanager);
  const world: AlertWorld = { question, facts, asked, alertmanagers };
  const name: ObjectName = { ...subject };
  return conclude(name, followAlert(subject, world), world);
}

/** @throws {SubjectNotFoundError} */
function chooseAlertmanagers(all: readonly RoutingView[], wanted: string | undefined): readonly RoutingView[] {
  if (wanted === undefined) return all;
  const found = all.filter(({ object }) => keyOf(object) === wanted || object.metadata.name === wanted);
  if (found.length > 0) return found;
  const known = all.map(({ name }) => showObject(name)).join(', ') || 'none at all';
  throw new SubjectNotFoundError(`Cannot find Alertmanager "${wanted}": there are ${known}`);
}

/** How far a chain comes: one that sends to an Alertmanager tells more than one that never would. */
function rank({ scraped, steps }: Chain): number {
  if (scraped) return steps.length + 1;
  const at = steps.findIndex(({ verdict, reason }) => verdict === 'fail' || reason === 'NotReached');
  const step = steps[at];
  return step?.reason === 'OtherAlertmanagers' ? at - 0.5 : at < 0 ? steps.length : at;
}

/** An alert is told of when one way of it is; each that fires counts for itself. */
function chooseBest(chains: readonly Chain[]): Chain[] {
  const best = new Map<string, Chain>();
  for (const chain of chains) {
    const key = JSON.stringify([chain.endpoint, hasInstance(chain) ? chain.labels : '']);
    const known = best.get(key);
    if (known === undefined || rank(chain) > rank(known)) best.set(key, chain);
  }
  return [...best.values()];
}

const hasInstance = ({ steps }: Chain): boolean =>
  steps.some(({ link, reason }) => link === 'firing' && (reason === 'Firing' || reason === 'Pending'));

function conclude(subject: ObjectName, byRule: readonly Chain[][], { facts, asked }: AlertWorld): Explanation {
  const best = byRule.flatMap(chooseBest).sort((a, b) => Number(a.scraped) - Number(b.scraped) || rank(b) - rank(a));
  const [primary] = best;
  const decisive = primary === undefined ? undefined : (primary.steps.find(endsWay) ?? findDecisive(primary));
  const verdict = judge(primary, decisive);
  return {
    subject,
    verdict,
    ...describeDecisive(decisive, subject, 'Notified'),
    summary: summarise({ subject, verdict, best, primary, decisive, receiver: asked.receiver }),
    chains: [...new Set([...best, ...byRule.flat()])],
    notes: describeRefusals(facts.listUnread()),
  };
}

function judge(primary: Chain | undefined, decisive: Step | undefined): ExplanationVerdict {
  if (primary?.scraped === true) return 'Notified';
  return decisive?.verdict === 'fail' ? 'NotNotified' : 'Unknown';
}
