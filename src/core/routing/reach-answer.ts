import type { ReceiverSummary, Route } from '../alertmanager-config/read-routing.ts';
import type { Code } from '../reasons/entry.ts';
import { codeOf } from '../reasons/lookup.ts';
import type { RouteReason } from '../reasons/table.ts';
import { writeMatcher } from './matching.ts';
import { closeLabels } from './known-labels.ts';
import { listMatcherNames, listReachable } from './reach.ts';
import type { Reach } from './reach.ts';
import type { RuleAlert } from './rule-alerts.ts';
import { showPlace } from './routing-scene.ts';
import type { RoutingScene, ShownPlace } from './routing-scene.ts';

/** An alert of a rule that a receiver gets. */
export interface ReachingAlert {
  readonly alert: string;
  readonly place: ShownPlace;
  /** The route by which. */
  readonly route: ShownPlace;
  /** What its other labels must be like. */
  readonly when: readonly string[];
  /** Whether it is so whatever its other labels are. */
  readonly certain: boolean;
}

/** Which alerts of rules can reach a receiver. */
export interface ReceiverAnswer {
  readonly receiver: string;
  readonly notifiers: readonly string[];
  /** Of all rules. */
  readonly alerts: number;
  readonly reachedBy: readonly ReachingAlert[];
  readonly notes: readonly string[];
}

export function answerReceiver(
  scene: RoutingScene,
  receiver: ReceiverSummary,
  question: ReachQuestion,
): ReceiverAnswer {
  const { alerts, notes } = question;
  const names = listMatcherNames(scene.config);
  const reachedBy = alerts.flatMap((alert) =>
    listReachable(scene.config.root, closeLabels(alert.labels, names), scene.matching)
      .filter(({ route }) => route.receiver.value === receiver.name)
      .map((reach) => showReach(alert, reach, scene)),
  );
  return { receiver: receiver.name, notifiers: receiver.notifiers, alerts: alerts.length, reachedBy, notes };
}

export interface ReachQuestion {
  readonly alerts: readonly RuleAlert[];
  readonly notes: readonly string[];
}

const showReach = (
  { name, place }: RuleAlert,
  { route, conditions, isCertain }: Reach,
  scene: RoutingScene,
): ReachingAlert => ({
  alert: name,
  place: showPlace(place, scene),
  route: showPlace(scene.places.route(route.path), scene),
  when: conditions.map(writeMatcher),
  certain: isCertain,
});

/** A receiver that is told of nothing. */
export interface IdleReceiver {
  readonly receiver: string;
  readonly notifiers: readonly string[];
  /** `no route`: none names it; `no alert`: none can get to its routes; `no rule`: no alert of the rules can. */
  readonly why: 'no route' | 'no alert' | 'no rule';
  readonly reason: RouteReason;
  readonly code: Code;
  /** The routes that name it. */
  readonly routes: readonly ShownPlace[];
}

/** An alert that only receivers get which have no notifier. */
export interface LostAlert {
  readonly alert: string;
  readonly reason: RouteReason;
  readonly code: Code;
  readonly place: ShownPlace;
  readonly receivers: readonly string[];
}

const reasonOf: Readonly<Record<IdleReceiver['why'], RouteReason>> = {
  'no route': 'ReceiverUnnamed',
  'no alert': 'ReceiverUnreachable',
  'no rule': 'ReceiverWithoutAlerts',
};

const withCode = (reason: RouteReason): Pick<LostAlert, 'reason' | 'code'> => ({ reason, code: codeOf(reason) });

/** What nothing reaches, and what reaches nobody. */
export interface UnreachableAnswer {
  readonly alerts: number;
  readonly receivers: readonly IdleReceiver[];
  readonly lost: readonly LostAlert[];
  readonly notes: readonly string[];
}

export function answerUnreachable(scene: RoutingScene, { alerts, notes }: ReachQuestion): UnreachableAnswer {
  const { config, matching } = scene;
  const namesOf = (found: readonly Reach[]): Set<string> => new Set(found.map(({ route }) => route.receiver.value));
  const byAny = namesOf(listReachable(config.root, new Map(), matching));
  const names = listMatcherNames(config);
  const byAlert = alerts.map(({ labels }) => namesOf(listReachable(config.root, closeLabels(labels, names), matching)));
  const byRules = new Set(byAlert.flatMap((names) => [...names]));
  const routes = listRoutes(config.root);
  const receivers = config.receivers.flatMap(({ name, notifiers }): IdleReceiver[] => {
    const named = routes.filter(({ receiver }) => receiver.value === name);
    const why = named.length === 0 ? 'no route' : !byAny.has(name) ? 'no alert' : 'no rule';
    if (why === 'no rule' && (alerts.length === 0 || byRules.has(name))) return [];
    const places = named.map(({ path }) => showPlace(scene.places.route(path), scene));
    return [{ receiver: name, notifiers, why, ...withCode(reasonOf[why]), routes: places }];
  });
  const silent = new Set(config.receivers.flatMap(({ name, notifiers }) => (notifiers.length === 0 ? [name] : [])));
  const lost = alerts.flatMap(({ name, place }, at): LostAlert[] => {
    const reached = [...(byAlert[at] ?? [])];
    return reached.every((one) => silent.has(one))
      ? [{ alert: name, ...withCode('AlertReachesNobody'), place: showPlace(place, scene), receivers: reached }]
      : [];
  });
  return { alerts: alerts.length, receivers, lost, notes };
}

const listRoutes = (route: Route): Route[] => [route, ...route.routes.flatMap(listRoutes)];
