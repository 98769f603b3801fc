import type { PlacedMatcher } from '../alertmanager-config/matchers/matchers.ts';
import type { Route } from '../alertmanager-config/read-routing.ts';
import type { Labels, Matching } from './matching.ts';

export interface MatcherVerdict {
  readonly matcher: PlacedMatcher;
  readonly matched: boolean;
}

/** What became of an alert at one route. */
export interface RouteVisit {
  readonly route: Route;
  /** `untried`: a route before it took the alert and does not continue. */
  readonly outcome: 'matched' | 'unmatched' | 'untried';
  /** In their order; none of a route that was not tried. */
  readonly matchers: readonly MatcherVerdict[];
  /** Whether the alert stays here: the route matches, and none of those below does. */
  readonly isAnswer: boolean;
  /** Of a route that matches: those below it. */
  readonly routes: readonly RouteVisit[];
}

/**
 * Sends an alert down the tree as Alertmanager does: the first route that matches takes it, those after it are tried only when
 * it says `continue`, and a route of which no child matches is itself an answer.
 */
export function walkRoutes(route: Route, labels: Labels, matching: Matching): RouteVisit {
  const matchers = route.matchers.map((matcher) => ({ matcher, matched: matching.matches(matcher, labels) }));
  if (matchers.some(({ matched }) => !matched))
    return { route, outcome: 'unmatched', matchers, isAnswer: false, routes: [] };
  const routes: RouteVisit[] = [];
  let isTaken = false;
  for (const child of route.routes) {
    const visit: RouteVisit = isTaken ? leave(child) : walkRoutes(child, labels, matching);
    routes.push(visit);
    isTaken ||= visit.outcome === 'matched' && !child.continues;
  }
  const isAnswer = !routes.some(({ outcome }) => outcome === 'matched');
  return { route, outcome: 'matched', matchers, isAnswer, routes };
}

const leave = (route: Route): RouteVisit => ({
  route,
  outcome: 'untried',
  matchers: [],
  isAnswer: false,
  routes: [],
});

/** The routes at which the alert stays, in the order in which they were found: at least one when the top matches. */
export function listAnswers(visit: RouteVisit): Route[] {
  return visit.isAnswer ? [visit.route] : visit.routes.flatMap(listAnswers);
}
