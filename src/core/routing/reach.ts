import type { Matcher } from '../alertmanager-config/matchers/matcher.ts';
import type { Route, RoutingConfig } from '../alertmanager-config/read-routing.ts';
import type { Labels, Matching } from './matching.ts';

/** A route at which an alert can stay of which some labels are known. */
export interface Reach {
  readonly route: Route;
  /** What labels that are not known must be like; none: only routes before it or below it may take the alert away. */
  readonly conditions: readonly Matcher[];
  /** Whether it stays there whatever the other labels are. */
  readonly isCertain: boolean;
}

/** What is known of the labels on the way to a route. */
interface State {
  readonly known: Labels;
  readonly conditions: readonly Matcher[];
  /** Routes before those on the way that do not continue: an alert that matches one of them does not get here. */
  readonly blockers: readonly Route[];
}

/**
 * The routes at which an alert can stay whose other labels may be anything. A route is left out when no alert can get there: its
 * matchers and those above it contradict each other, or a route before it takes all that it would. Cases in which several routes
 * together take all are not seen: it is called reachable then.
 */
export const listReachable = (root: Route, known: Labels, matching: Matching): Reach[] =>
  visit(root, { known, conditions: [], blockers: [] }, matching);

function visit(route: Route, above: State, matching: Matching): Reach[] {
  const state = enter(route, above, matching);
  if (state === undefined || state.blockers.some((one) => judge(one, state, matching) === 'yes')) return [];
  const found: Reach[] = [];
  const blockers = [...state.blockers];
  for (const child of route.routes) {
    found.push(...visit(child, { ...state, blockers }, matching));
    if (!child.continues) blockers.push(child);
  }
  const below = route.routes.map((child) => judge(child, state, matching));
  if (below.includes('yes')) return found;
  const others = [...below, ...state.blockers.map((one) => judge(one, state, matching))];
  const isCertain = state.conditions.length === 0 && others.every((verdict) => verdict === 'no');
  return [...found, { route, conditions: state.conditions, isCertain }];
}

/** What is known of an alert that matches a route; undefined when none can. A label that must be equal to a value is known. */
function enter(route: Route, { known, conditions, blockers }: State, matching: Matching): State | undefined {
  const [labels, wanted] = [new Map(known), [...conditions]];
  for (const matcher of route.matchers) {
    if (labels.has(matcher.name)) {
      if (!matching.matches(matcher, labels)) return undefined;
      continue;
    }
    if (wanted.some((one) => isOpposite(one, matcher))) return undefined;
    if (matcher.type === '=') labels.set(matcher.name, matcher.value);
    if (!wanted.some((one) => isSame(one, matcher))) wanted.push(matcher);
  }
  const isPossible = wanted.every((one) => !labels.has(one.name) || matching.matches(one, labels));
  return isPossible ? { known: labels, conditions: wanted, blockers } : undefined;
}

const isSame = (a: Matcher, b: Matcher): boolean => a.name === b.name && a.type === b.type && a.value === b.value;

const opposites: Readonly<Record<Matcher['type'], Matcher['type']>> = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' };

const isOpposite = (a: Matcher, b: Matcher): boolean => isSame(a, { ...b, type: opposites[b.type] });

/** Whether an alert of which that much is known matches a route by itself. */
function judge(route: Route, { known, conditions }: State, matching: Matching): 'yes' | 'no' | 'maybe' {
  let verdict: 'yes' | 'maybe' = 'yes';
  for (const matcher of route.matchers) {
    if (known.has(matcher.name)) {
      if (!matching.matches(matcher, known)) return 'no';
    } else if (conditions.some((one) => isOpposite(one, matcher))) return 'no';
    else if (!conditions.some((one) => isSame(one, matcher))) verdict = 'maybe';
  }
  return verdict;
}

/** The names of all labels that matchers of the configuration look at. */
export function listMatcherNames({ root, inhibitRules }: RoutingConfig): Set<string> {
  const names = new Set<string>();
  const visitRoute = ({ matchers, routes }: Route): void => {
    for (const { name } of matchers) names.add(name);
    for (const route of routes) visitRoute(route);
  };
  visitRoute(root);
  for (const { source, target, equal } of inhibitRules) {
    for (const { name } of [...source, ...target]) names.add(name);
    for (const name of equal) names.add(name);
  }
  return names;
}
