import type { Route } from '../../alertmanager-config/read-routing.ts';
import { writeMatcher } from '../../routing/matching.ts';
import type { Reach } from '../../routing/reach.ts';
import type { RoutingScene } from '../../routing/routing-scene.ts';
import { nameOwner, nameReceiver } from '../../routing/words.ts';
import type { AlertCase } from '../alert-way.ts';
import { isReceiver } from '../alert-way.ts';
import { makeStep, showSome } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { explainUnrouted } from '../unrouted.ts';

/** Whether a route takes the alert to a receiver that notifies, or to the one that is wanted. */
export function judgeRouted(one: AlertCase): Step {
  const { alertmanager, way, asked } = one;
  const object = alertmanager.name;
  const routed = way.routed();
  if ('problem' in routed) return explainProblem(one, routed.problem);
  const { scene, reaches } = routed;
  const impossible = checkReceivers(one, scene);
  if (impossible !== undefined) return impossible;
  const reached = new Set(way.listReached());
  const found = reaches.filter(({ route }) => reached.has(route));
  const [certain] = found.filter(({ isCertain }) => isCertain);
  const [best = certain] = [certain, ...found].flatMap((reach) => reach ?? []);
  if (best === undefined) return explainUnrouted(one, routed);
  const names = [...new Set(found.map(({ route }) => showReceiver(route, scene)))];
  const place = scene.places.route(best.route.path);
  const compared = `${nameOwner(place)} ${place.field}`;
  const shared = { object: { kind: place.kind, namespace: place.namespace, name: place.name }, at: place.field };
  if (certain !== undefined)
    return makeStep('routed', 'pass', { reason: 'Routed', ...shared, compared, found: `to ${showSome(names)}` });
  if (asked.receiver === undefined && isOtherwiseTold(reaches, reached))
    return makeStep('routed', 'pass', { reason: 'Routed', ...shared, compared, found: `to ${showSome(names)}` });
  return makeStep('routed', 'warn', {
    reason: 'RoutedPerhaps',
    object,
    at: place.field,
    compared: `${compared} takes it to ${showReceiver(best.route, scene)}`,
    found: describeConditions(best),
  });
}

/** Whichever of the routes it is, somebody is told. */
const isOtherwiseTold = (reaches: readonly Reach[], reached: ReadonlySet<Route>): boolean =>
  reaches.every(({ route }) => reached.has(route));

function describeConditions({ conditions }: Reach): string {
  if (conditions.length === 0) return 'unless a route before it takes it, by labels that are not known';
  return `when ${conditions.map(writeMatcher).join(' and ')}, which is not known; say it with --label`;
}

export const showReceiver = ({ receiver }: Route, { config }: RoutingScene): string =>
  nameReceiver(receiver.value, config.receivers.find(({ name }) => name === receiver.value)?.notifiers ?? []);

function explainProblem({ alertmanager }: AlertCase, { field, message }: { field: string; message: string }): Step {
  return makeStep('routed', 'fail', {
    reason: 'WorkloadInvalid',
    object: alertmanager.name,
    at: field,
    compared: `${showObject(alertmanager.name)} cannot be rendered, its last good configuration stays`,
    found: message,
    fixes: [
      advise(alertmanager.name, `correct ${field === '' ? 'its spec' : field} of ${showObject(alertmanager.name)}`),
    ],
  });
}

/** What no alert whatever can reach. */
function checkReceivers({ alertmanager, asked }: AlertCase, scene: RoutingScene): Step | undefined {
  const object = alertmanager.name;
  const names = scene.config.receivers.map(({ name }) => name);
  const { receiver } = asked;
  if (receiver !== undefined && !names.some((name) => isReceiver(name, receiver)))
    return makeStep('routed', 'fail', {
      reason: 'ReceiverNotFound',
      object,
      compared: `receiver ${JSON.stringify(receiver)} is wanted`,
      found: `there are ${showSome(names, 5)}`,
    });
  return undefined;
}
