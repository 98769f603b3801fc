import { once } from '../../base/once.ts';
import { findAlertRules, describeAlertLabels } from './alert-rules.ts';
import type { AlertRule } from './alert-rules.ts';
import { AlertWay } from './alert-way.ts';
import type { AlertCase } from './alert-way.ts';
import { makeStep } from './case.ts';
import type { AlertQuestion, AlertSubject, ExplainFacts, Question } from './facts.ts';
import { advise } from './fixes.ts';
import type { KnownLabels } from '../routing/known-labels.ts';
import { judgeAlertRelabelling } from './links/alert-relabelling.ts';
import { judgeDelivered } from './links/delivered.ts';
import { judgeFiring } from './links/firing.ts';
import { judgeGrouped } from './links/grouped.ts';
import { judgeInhibited } from './links/inhibited.ts';
import { judgeMuted } from './links/muted.ts';
import { judgeRouted } from './links/routed.ts';
import { judgeSent } from './links/sent.ts';
import { judgeSilenced } from './links/silenced.ts';
import { openRulesCase } from './links/opened-rules.ts';
import type { RulesCase } from './links/opened-rules.ts';
import type { UseCase } from './links/used.ts';
import type { Chain, ObjectName, Step } from './model.ts';
import type { Link } from './reasons.ts';
import { mostFollowedAlerts } from '../limits.ts';
import { listMatcherNames } from '../routing/reach.ts';
import { readSending } from './read-sending.ts';
import type { RoutingView } from './routing-view.ts';
import { findRules, listAskedRulers } from './rule-replicas.ts';
import type { FiringAlert } from './running.ts';
import { chooseCases, explainNobody, listCases, readersOf } from './selected.ts';
import { ruleLinks, walkUse } from './use-chain.ts';

/** What is looked at of an alert behind its rule. */
const alertLinks: readonly (readonly [Link, (one: AlertCase) => Step])[] = [
  ['firing', judgeFiring],
  ['sent', judgeSent],
  ['relabelled', judgeAlertRelabelling],
  ['routed', judgeRouted],
  ['grouped', judgeGrouped],
  ['inhibited', judgeInhibited],
  ['silenced', judgeSilenced],
  ['muted', judgeMuted],
  ['delivered', judgeDelivered],
];

/** What the chains of an alert are made from. */
export interface AlertWorld {
  readonly question: Question;
  readonly facts: ExplainFacts;
  readonly asked: AlertQuestion;
  readonly alertmanagers: readonly RoutingView[];
}

/** The chains of all rules with the alert's name, by rule: a workload and an Alertmanager, and an alert that fires, each. */
export function followAlert(subject: AlertSubject, world: AlertWorld): Chain[][] {
  return findAlertRules(subject, world.facts).map((rule) => followRule(rule, world));
}

function followRule(rule: AlertRule, world: AlertWorld): Chain[] {
  const { facts, question } = world;
  const cases = chooseCases(listCases(rule.name, rule.object, facts), question);
  if (cases.length === 0)
    return [{ ...explainNobody(rule.name, readersOf('PrometheusRule')), endpoint: rule.asked.field }];
  return cases.flatMap((one) => followCase({ ...one, rule: rule.asked }, rule, world));
}

function followCase(used: UseCase, rule: AlertRule, world: AlertWorld): Chain[] {
  const use = openRulesCase(used);
  const walk = walkUse(use, ruleLinks);
  const shared = { workload: use.view.name, monitor: rule.name, endpoint: rule.asked.field, job: '', targets: [] };
  const stop = (steps: readonly Step[]): Chain => ({ ...shared, scraped: false, steps: fillUp(steps, use) });
  if (!walk.passed || use.facts.hasOpen()) return [stop(walk.steps)];
  if (world.alertmanagers.length === 0) return [stop([...walk.steps, explainNoAlertmanager(use)])];
  const openSending = once(() => readSending(use));
  return world.alertmanagers.flatMap((alertmanager) =>
    listInstances(use, rule, { ...world, alertmanager }).map(({ instance, labels }) => {
      const input = { ...use, asked: world.asked, alertRule: rule, instance, labels, alertmanager, openSending };
      const one: AlertCase = { ...input, way: new AlertWay(input) };
      const { steps, passed } = walkAlert(one);
      return {
        ...shared,
        scraped: passed,
        steps: fillUp([...walk.steps, ...steps], use),
        alertmanager: alertmanager.name,
        labels: showLabels(one),
        receivers: passed ? [...new Set(one.way.listReached().map(({ receiver }) => receiver.value))] : [],
      };
    }),
  );
}

const showLabels = ({ labels }: AlertCase): Record<string, string> =>
  Object.fromEntries([...labels.values].filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1)));

function walkAlert(one: AlertCase): { readonly steps: readonly Step[]; readonly passed: boolean } {
  const steps: Step[] = [];
  for (const [, judge] of alertLinks) {
    const step = judge(one);
    steps.push(step);
    if (endsWay(step) || one.facts.hasOpen()) return { steps, passed: false };
  }
  return { steps, passed: true };
}

/** Nobody knows what comes after. */
export const endsWay = ({ verdict, link }: Step): boolean =>
  verdict === 'fail' || (verdict === 'unknown' && (link === 'sent' || link === 'routed'));

function fillUp(steps: readonly Step[], { name: object }: UseCase): Step[] {
  const done = new Set(steps.map(({ link }) => link));
  const rest = [...ruleLinks, ...alertLinks].flatMap(([link]) => (done.has(link) ? [] : [link]));
  return [...steps, ...rest.map((link) => makeStep(link, 'skipped', { reason: 'NotReached', object }))];
}

function explainNoAlertmanager({ view }: UseCase): Step {
  const none: ObjectName = { kind: 'Alertmanager', namespace: view.name.namespace, name: '' };
  return makeStep('sent', 'fail', {
    reason: 'NoAlertmanagers',
    object: view.name,
    compared: 'an Alertmanager must take its alerts',
    found: 'there is none',
    fixes: [advise(none, 'create an Alertmanager, and name it in spec.alerting of the Prometheus')],
  });
}

interface Instance {
  readonly instance: FiringAlert | undefined;
  readonly labels: KnownLabels;
}

/** The alerts of the rule that fire with the labels that were asked for; one that is supposed where there are none. */
function listInstances(
  use: RulesCase,
  rule: AlertRule,
  { asked, alertmanager }: AlertWorld & { readonly alertmanager: RoutingView },
): Instance[] {
  const all = listAskedRulers(use).flatMap((ruler) => findRules(use, ruler).flatMap(({ alerts }) => alerts));
  const distinct = new Map(all.map((alert) => [JSON.stringify(Object.entries(alert.labels).sort()), alert]));
  const wanted = [...distinct.values()].filter(({ labels, state }) => {
    const isWanted = [...asked.labels].every(([name, value]) => (labels[name] ?? '') === value);
    return state !== 'inactive' && isWanted;
  });
  const ranked = wanted.sort((a, b) => Number(b.state === 'firing') - Number(a.state === 'firing'));
  if (ranked.length === 0) {
    const names = listLookedAt(alertmanager);
    return [{ instance: undefined, labels: describeAlertLabels(use, rule, { given: asked.labels, names }) }];
  }
  return ranked.slice(0, mostFollowedAlerts).map((instance) => {
    const values = new Map(Object.entries(instance.labels));
    return { instance, labels: { values, names: new Set(values.keys()) } };
  });
}

/** The labels that the routes look at. */
function listLookedAt(alertmanager: RoutingView): Iterable<string> {
  const opened = alertmanager.open();
  return 'problem' in opened ? [] : listMatcherNames(opened.scene.config);
}
