import { listOutcomes } from './answer.ts';
import type { RouteAnswer, RouteNode } from './answer.ts';
import type { RouteOutcome, ShownReceiver, ShownSetting } from './route-outcome.ts';
import type { TreeNode } from './route-tree.ts';
import type { ShownPlace } from './routing-scene.ts';

/** Whether objects of a kind in a namespace may be seen. */
type Sees = (kind: string, namespace: string) => boolean;

type SeesPlace = (place: ShownPlace | undefined) => boolean;

interface Whose {
  readonly alertmanager: RouteAnswer['alertmanager'];
  readonly tree: { readonly place: ShownPlace };
}

/**
 * The Alertmanager's own routes are for who sees Alertmanagers in its namespace, also where they are in an AlertmanagerConfig or
 * Secret; those of other AlertmanagerConfigs for who sees these.
 */
function judgePlaces({ alertmanager, tree: { place: own } }: Whose, sees: Sees): SeesPlace {
  const isOwn = ({ kind, namespace, name }: ShownPlace): boolean =>
    kind === own.kind && namespace === own.namespace && name === own.name;
  return (place) => {
    if (place === undefined) return true;
    const isConfig = place.kind === 'AlertmanagerConfig' && !isOwn(place);
    return isConfig ? sees(place.kind, place.namespace) : sees('Alertmanager', alertmanager.namespace);
  };
}

/** A route that is not shown; those below it that are stand in it. */
const hiddenPlace = ({ alertmanager: { namespace, name } }: Whose): ShownPlace => ({
  ...{ kind: 'Alertmanager', namespace, name, field: '' },
});

interface Node<T> {
  readonly place: ShownPlace;
  readonly routes: readonly T[];
}

/** Routes of others are gone, with all below them: what is below a route of an object is of that object. */
const prune = <T extends Node<T>>(routes: readonly T[], sees: SeesPlace, show: (node: T) => T): T[] =>
  routes.filter(({ place }) => sees(place)).map((node) => ({ ...show(node), routes: prune(node.routes, sees, show) }));

/** A receiver that a route has from one that is hidden has no name: "". */
const hideReceiver = <T extends ShownReceiver>(one: T, sees: SeesPlace): T => {
  if (sees(one.receiverPlace)) return one;
  const { receiverPlace: _, ...rest } = one;
  return { ...rest, receiver: '', notifiers: [] } as ShownReceiver as T;
};

/** All routes as far as they may be seen; undefined where none of them may. */
export function restrictTree(whose: Whose & { readonly tree: TreeNode }, sees: Sees): TreeNode | undefined {
  const seesPlace = judgePlaces(whose, sees);
  const { tree } = whose;
  const show = (node: TreeNode): TreeNode => hideReceiver(node, seesPlace);
  const routes = prune(tree.routes, seesPlace, show);
  if (seesPlace(tree.place)) return { ...show(tree), routes };
  if (routes.length === 0) return undefined;
  const place = hiddenPlace(whose);
  return { path: tree.path, place, matchers: [], continue: tree.continue, receiver: '', notifiers: [], routes };
}

/**
 * What becomes of an alert as far as it may be seen: routes, receivers and settings of others are left out, and whether they are told.
 * Undefined where no route may be seen.
 */
export function restrictAnswer(answer: RouteAnswer, sees: Sees): RouteAnswer | undefined {
  const seesPlace = judgePlaces(answer, sees);
  if (isWhole(answer.tree, seesPlace) && answer.inhibitRules.every(({ place }) => seesPlace(place))) return answer;
  const { tree } = answer;
  const show = (node: RouteNode): RouteNode => ({
    ...node,
    ...(node.notifies === undefined ? {} : { notifies: hideOutcome(node.notifies, seesPlace) }),
  });
  const routes = prune(tree.routes, seesPlace, show);
  const isRootSeen = seesPlace(tree.place);
  if (!isRootSeen && routes.length === 0) return undefined;
  const { notifies: _, ...bare } = tree;
  const shown = isRootSeen ? { ...show(tree), routes } : { ...bare, place: hiddenPlace(answer), matchers: [], routes };
  const { reason: _reason, code: _code, ...rest } = answer;
  return {
    ...{ ...rest, ...restrictReceivers(answer, shown), tree: shown, notes: [], restricted: true },
    inhibitRules: answer.inhibitRules.filter(({ place }) => seesPlace(place)),
  };
}

function isWhole({ place, routes }: RouteNode, sees: SeesPlace): boolean {
  return sees(place) && routes.every((one) => isWhole(one, sees));
}

function hideOutcome(outcome: RouteOutcome, sees: SeesPlace): RouteOutcome {
  const hide = <T>(setting: ShownSetting<T>, nothing: T): ShownSetting<T> =>
    sees(setting.place) ? setting : { value: nothing, hidden: true };
  return {
    ...hideReceiver(outcome, sees),
    groupBy: hide<readonly string[]>(outcome.groupBy, []),
    groupWait: hide(outcome.groupWait, ''),
    groupInterval: hide(outcome.groupInterval, ''),
    repeatInterval: hide(outcome.repeatInterval, ''),
    ...(outcome.muting === undefined
      ? {}
      : { muting: { ...outcome.muting, places: outcome.muting.places.filter(sees) } }),
  };
}

type Told = Pick<RouteAnswer, 'receivers' | 'muted' | 'told'>;

/** Those of the routes that are shown. Why nobody is told is not known of others. */
function restrictReceivers(answer: RouteAnswer, tree: RouteNode): Told {
  const seen = new Set(listOutcomes(tree).map(({ receiver }) => receiver));
  seen.delete('');
  const pick = (names: readonly string[]): string[] => names.filter((name) => seen.has(name));
  return { receivers: pick(answer.receivers), muted: pick(answer.muted), told: pick(answer.told) };
}
