import type { PlacedMatcher } from '../alertmanager-config/matchers/matchers.ts';
import type { Route } from '../alertmanager-config/read-routing.ts';
import type { Labels } from '../routing/matching.ts';
import type { RoutingScene } from '../routing/routing-scene.ts';

/** A matcher that keeps an alert from a route, and the route that has it. */
export interface FailedMatcher {
  readonly route: Route;
  readonly matcher: PlacedMatcher;
}

/** A route that an alert does not reach, and all that keeps it away. */
export interface NearRoute {
  readonly route: Route;
  readonly failed: readonly FailedMatcher[];
  /** Routes before it, or before one above it, that take the alert and do not continue. */
  readonly takenBy: readonly Route[];
}

/** What has gathered on the way down. */
interface Way {
  readonly failed: readonly FailedMatcher[];
  readonly takenBy: readonly Route[];
}

/**
 * The routes of some receivers with what keeps an alert from each, the nearest first. Matchers on labels that are not known
 * keep nothing away.
 * @param wants the receivers that are looked for.
 */
export function listNearRoutes(scene: RoutingScene, known: Labels, wants: (receiver: string) => boolean): NearRoute[] {
  const found: NearRoute[] = [];
  const fails = (matcher: PlacedMatcher): boolean => known.has(matcher.name) && !scene.matching.matches(matcher, known);
  const takes = ({ matchers, continues }: Route): boolean =>
    !continues && matchers.every((one) => known.has(one.name) && scene.matching.matches(one, known));
  const visit = (route: Route, above: Way): void => {
    const failed = [...above.failed, ...route.matchers.filter(fails).map((matcher) => ({ route, matcher }))];
    if (wants(route.receiver.value)) found.push({ route, failed, takenBy: above.takenBy });
    let { takenBy } = above;
    for (const child of route.routes) {
      visit(child, { failed, takenBy });
      if (takes(child)) takenBy = [...takenBy, child];
    }
  };
  visit(scene.config.root, { failed: [], takenBy: [] });
  return found.sort((a, b) => distanceOf(a) - distanceOf(b));
}

const distanceOf = ({ failed, takenBy }: NearRoute): number => failed.length + takenBy.length;
