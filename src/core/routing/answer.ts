import type { Interruptible } from '../../base/interruptible.ts';
import type { Route } from '../alertmanager-config/read-routing.ts';
import type { Code } from '../reasons/entry.ts';
import { codeOf } from '../reasons/lookup.ts';
import type { RouteReason } from '../reasons/table.ts';
import { judgeInhibition } from './inhibition.ts';
import type { InhibitVerdict, JudgedRule } from './inhibition.ts';
import { writeMatcher } from './matching.ts';
import type { Labels } from './matching.ts';
import { showOutcome } from './route-outcome.ts';
import type { RouteOutcome } from './route-outcome.ts';
import { findSilencing, toMatcher } from './silences.ts';
import type { Silence } from './silences.ts';
import { showPlace } from './routing-scene.ts';
import type { RoutingScene, ShownPlace } from './routing-scene.ts';
import { walkRoutes } from './walk.ts';
import type { MatcherVerdict, RouteVisit } from './walk.ts';

/** What is asked of the routes of an Alertmanager. */
export interface RouteQuestion {
  readonly labels: Labels;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the IANA database: times are shown in it. */
  readonly zone: string;
  /** Other alerts that fire. */
  readonly firing: readonly Labels[];
  /** All that are known, active or not. */
  readonly silences: readonly Silence[];
  /** What is to be said besides. */
  readonly notes: readonly string[];
}

export interface ShownMatcher {
  readonly matcher: string;
  readonly matched: boolean;
  /** Null: the alert has no such label, which is the same as an empty one. */
  readonly found: string | null;
  readonly place: ShownPlace;
  /** The field that made Stoker add it; absent: a user wrote it. */
  readonly addedFor?: ShownPlace;
}

export interface RouteNode {
  /** In the merged configuration. */
  readonly path: string;
  readonly place: ShownPlace;
  readonly outcome: RouteVisit['outcome'];
  readonly matchers: readonly ShownMatcher[];
  /** `forced`: Stoker sets it at the top of each AlertmanagerConfig. */
  readonly continue: 'no' | 'yes' | 'forced';
  /** Only where the alert stays. */
  readonly notifies?: RouteOutcome;
  readonly routes: readonly RouteNode[];
}

export interface ShownRule {
  readonly place: ShownPlace;
  /** What another alert must match to hide this one. */
  readonly source: readonly string[];
  /** The field that made Stoker add the matcher on the namespace; absent: users wrote all of them. */
  readonly addedFor?: ShownPlace;
  /** Labels that must be the same in both. */
  readonly equal: readonly string[];
  /** In the order of the other alerts. */
  readonly verdicts: readonly InhibitVerdict[];
}

/** A silence that hides an alert. */
export interface ShownSilence {
  readonly id: string;
  readonly createdBy: string;
  readonly comment: string;
  /** RFC 3339, to the minute. */
  readonly until: string;
  readonly matchers: readonly string[];
}

/** What becomes of an alert. */
export interface RouteAnswer {
  readonly alertmanager: { readonly namespace: string; readonly name: string };
  readonly labels: Readonly<Record<string, string>>;
  /** RFC 3339, to the minute. */
  readonly at: string;
  /** Of the routes that take it, in their order, each once. */
  readonly receivers: readonly string[];
  /** Those of them whose routes are all muted at that time. */
  readonly muted: readonly string[];
  /** Those of them that are told: not muted at that time, not inhibited by the other alerts, not silenced, with a way of notifying. */
  readonly told: readonly string[];
  readonly inhibited: boolean;
  /** The silences that hide it at that time. */
  readonly silencedBy: readonly ShownSilence[];
  /** Why nobody is told; absent when somebody is. */
  readonly reason?: RouteReason;
  readonly code?: Code;
  readonly tree: RouteNode;
  /** The rules that are about the alert. */
  readonly inhibitRules: readonly ShownRule[];
  readonly notes: readonly string[];
  /** Routes of others are left out, and whom those tell. */
  readonly restricted?: true;
}

/** Sends an alert through the routes of an Alertmanager. */
export function* answerRoute(scene: RoutingScene, question: RouteQuestion): Interruptible<RouteAnswer> {
  const { labels, at, zone } = question;
  const { namespace = '', name = '' } = scene.match.alertmanager.metadata;
  const tree = yield* showVisit(walkRoutes(scene.config.root, labels, scene.matching), scene, question);
  const rules = judgeInhibition(scene.config.inhibitRules, labels, { ...question, matching: scene.matching });
  const inhibited = rules.some(({ verdicts }) => verdicts.some(({ verdict }) => verdict === 'inhibits'));
  const silencedBy = findSilencing(question.silences, labels, { at, matching: scene.matching });
  const isHidden = inhibited || silencedBy.length > 0;
  const outcomes = listOutcomes(tree);
  const awake = outcomes.filter(({ muting }) => muting === undefined);
  const receivers = distinct(outcomes);
  const muted = receivers.filter((receiver) => !awake.some((outcome) => outcome.receiver === receiver));
  const told = isHidden ? [] : distinct(awake.filter(({ notifiers }) => notifiers.length > 0));
  return {
    alertmanager: { namespace, name },
    labels: Object.fromEntries(labels),
    at: scene.zones.show(at, zone),
    receivers,
    muted,
    told,
    inhibited,
    silencedBy: silencedBy.map((one) => showSilence(one, scene, zone)),
    ...explainQuiet({ told, muted, inhibited, isSilenced: silencedBy.length > 0 }),
    tree,
    inhibitRules: rules.map((one) => showRule(one, scene)),
    notes: [...(hasAdded(tree) ? [explainAdded(scene)] : []), ...question.notes],
  };
}

interface Quiet extends Pick<RouteAnswer, 'told' | 'muted' | 'inhibited'> {
  readonly isSilenced: boolean;
}

function explainQuiet({ told, muted, inhibited, isSilenced }: Quiet): Pick<RouteAnswer, 'reason' | 'code'> {
  if (told.length > 0) return {};
  const hidden = inhibited ? 'AlertInhibited' : isSilenced ? 'AlertSilenced' : undefined;
  const reason = hidden ?? (muted.length > 0 ? 'AlertMuted' : 'AlertReachesNobody');
  return { reason, code: codeOf(reason) };
}

const hasAdded = ({ matchers, routes }: RouteNode): boolean =>
  matchers.some(({ addedFor }) => addedFor !== undefined) || routes.some(hasAdded);

/** Why there are matchers that no user has written, and what to do about it. */
function explainAdded({ match, places }: RoutingScene): string {
  const { namespace, name, field } = places.strategy();
  const given = match.alertmanager.spec.alertmanagerConfigMatcherStrategy?.type;
  const value = given === undefined ? '"OnNamespace", the default' : `"${given}"`;
  return `Stoker adds the namespace matchers to routes of AlertmanagerConfigs: ${field} of Alertmanager ${namespace}/${name} is ${value}; "None" leaves them out`;
}

function showRule({ rule, verdicts }: JudgedRule, scene: RoutingScene): ShownRule {
  const injector = scene.places.ruleInjector(rule);
  return {
    place: showPlace(scene.places.rule(rule), scene),
    source: rule.source.map(writeMatcher),
    ...(injector === undefined ? {} : { addedFor: showPlace(injector, scene) }),
    equal: rule.equal,
    verdicts,
  };
}

const showSilence = ({ id, createdBy, comment, endsAt, matchers }: Silence, scene: RoutingScene, zone: string) => ({
  ...{ id, createdBy, comment, until: scene.zones.show(Date.parse(endsAt), zone) },
  matchers: matchers.map((one) => writeMatcher(toMatcher(one))),
});

const distinct = (outcomes: readonly RouteOutcome[]): string[] => [
  ...new Set(outcomes.map(({ receiver }) => receiver)),
];

/** Those of the routes at which the alert stays. */
export const listOutcomes = ({ notifies, routes }: RouteNode): RouteOutcome[] =>
  notifies === undefined ? routes.flatMap(listOutcomes) : [notifies];

function* showVisit(visit: RouteVisit, scene: RoutingScene, question: RouteQuestion): Interruptible<RouteNode> {
  const { route, outcome, matchers, isAnswer } = visit;
  const { places } = scene;
  const routes: RouteNode[] = [];
  for (const one of visit.routes) {
    routes.push(yield* showVisit(one, scene, question));
    yield;
  }
  return {
    path: route.path,
    place: showPlace(places.route(route.path), scene),
    outcome,
    matchers: matchers.map((one) => showMatcher(one, route, { scene, labels: question.labels })),
    continue: showContinue(route, scene),
    ...(isAnswer ? { notifies: showOutcome(route, scene, question.at) } : {}),
    routes,
  };
}

/** Whether the routes behind one are tried, too. */
export const showContinue = (route: Route, { places }: RoutingScene): RouteNode['continue'] =>
  places.isForcedOn(route) ? 'forced' : route.continues ? 'yes' : 'no';

interface MatcherContext {
  readonly scene: RoutingScene;
  readonly labels: Labels;
}

function showMatcher(
  { matcher, matched }: MatcherVerdict,
  { path }: Route,
  { scene, labels }: MatcherContext,
): ShownMatcher {
  const { name, place } = matcher;
  const injector = scene.places.injector(path, matcher);
  return {
    matcher: writeMatcher(matcher),
    matched,
    found: labels.get(name) ?? null,
    place: showPlace(injector === undefined ? scene.places.route(path, place) : scene.places.route(path), scene),
    ...(injector === undefined ? {} : { addedFor: showPlace(injector, scene) }),
  };
}
