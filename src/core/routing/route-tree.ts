import type { Interruptible } from '../../base/interruptible.ts';
import type { Route } from '../alertmanager-config/read-routing.ts';
import { showContinue } from './answer.ts';
import type { RouteNode } from './answer.ts';
import { showReceiver } from './route-outcome.ts';
import type { ShownReceiver } from './route-outcome.ts';
import { writeMatcher } from './matching.ts';
import { showPlace } from './routing-scene.ts';
import type { RoutingScene, ShownPlace } from './routing-scene.ts';

/** A route before any alert comes: what it takes, and whom it tells where none of those below takes the alert. */
export interface TreeNode extends ShownReceiver {
  /** In the merged configuration. */
  readonly path: string;
  readonly place: ShownPlace;
  readonly matchers: readonly TreeMatcher[];
  readonly continue: RouteNode['continue'];
  readonly routes: readonly TreeNode[];
}

export interface TreeMatcher {
  readonly matcher: string;
  /** The field that made Stoker add it; absent: a user wrote it. */
  readonly addedFor?: ShownPlace;
}

/** All routes of an Alertmanager, with whose fields they are. */
export const describeTree = (scene: RoutingScene): Interruptible<TreeNode> => describeRoute(scene.config.root, scene);

function* describeRoute(route: Route, scene: RoutingScene): Interruptible<TreeNode> {
  const { places } = scene;
  const routes: TreeNode[] = [];
  for (const one of route.routes) {
    routes.push(yield* describeRoute(one, scene));
    yield;
  }
  return {
    path: route.path,
    place: showPlace(places.route(route.path), scene),
    matchers: route.matchers.map((matcher) => {
      const injector = places.injector(route.path, matcher);
      return {
        matcher: writeMatcher(matcher),
        ...(injector === undefined ? {} : { addedFor: showPlace(injector, scene) }),
      };
    }),
    continue: showContinue(route, scene),
    ...showReceiver(route, scene),
    routes,
  };
}
