import { listSome } from '../../../base/list-some.ts';
import type { Route } from '../../alertmanager-config/read-routing.ts';
import { writeMatcher } from '../../routing/matching.ts';
import type { Reach } from '../../routing/reach.ts';
import type { RoutingScene } from '../../routing/routing-scene.ts';
import { nameOwner, nameReceiver } from '../../routing/words.ts';
import type { AlertCase, Routed } from '../alert-way.ts';
import { isReceiver } from '../alert-way.ts';
import { makeStep } from '../case.ts';
import { explainInvalid } from '../invalid-workload.ts';
import type { Step } from '../model.ts';
import { ownerOf } from './muted.ts';
import { explainSilent, explainUnrouted, explainUnused } from '../unrouted.ts';

/** Whether a route takes the alert to a receiver that notifies, or to the one that is wanted. */
export function judgeRouted(one: AlertCase): Step {
  const { way, asked } = one;
  const routed = way.routed();
  if ('problem' in routed) return explainInvalid('routed', one.alertmanager.name, routed.problem);
  const { scene, reaches } = routed;
  const impossible = checkReceivers(one, scene);
  if (impossible !== undefined) return impossible;
  const found = way.listReaches();
  const [best] = [...found].sort((a, b) => Number(b.isCertain) - Number(a.isCertain));
  if (best === undefined) return explainUnrouted(one, routed);
  const place = scene.places.route(best.route.path);
  const compared = `${nameOwner(place)} ${place.field}`;
  if (best.isCertain || (asked.receiver === undefined && found.length === reaches.length))
    return makeStep('routed', 'pass', {
      ...{ reason: 'Routed', object: ownerOf(place), at: place.field, compared },
      found: describeReceivers(one, found, scene),
    });
  return explainUnused(one, routed.known) ?? explainCertainSilence(one, routed, best) ?? explainPerhaps(best, scene);
}

/** Labels that are not known decide. */
function explainPerhaps(best: Reach, scene: RoutingScene): Step {
  const place = scene.places.route(best.route.path);
  return makeStep('routed', 'unknown', {
    ...{ reason: 'RoutedPerhaps', object: ownerOf(place), at: place.field },
    compared: `${nameOwner(place)} ${place.field} takes it to ${showReceiver(best.route, scene)}`,
    found: describeConditions(best),
  });
}

/** It is known to stay at a receiver that tells nobody, whoever else may be told. */
function explainCertainSilence(one: AlertCase, routed: Routed, other: Reach): Step | undefined {
  const { scene, reaches } = routed;
  const silent = reaches.find(({ isCertain }) => isCertain);
  if (silent === undefined || one.asked.receiver !== undefined) return undefined;
  return explainSilent(silent, scene, `${showReceiver(other.route, scene)} is told ${describeConditions(other)}`);
}

/** "to a, perhaps b": what depends on labels that are not known comes last. */
function describeReceivers({ way }: AlertCase, found: readonly Reach[], scene: RoutingScene): string {
  const reached = way.listReached();
  const names = new Set(reached.map((route) => showReceiver(route, scene)));
  const others = found.map(({ route }) => showReceiver(route, scene)).filter((name) => !names.has(name));
  const perhaps = others.length === 0 ? '' : `, perhaps ${listSome([...new Set(others)])}`;
  return `to ${listSome([...names])}${perhaps}`;
}

function describeConditions({ conditions }: Reach): string {
  if (conditions.length === 0) return 'unless a route before it takes it, by labels that are not known';
  return `when ${conditions.map(writeMatcher).join(' and ')}, which is not known; say it with --label`;
}

export const showReceiver = ({ receiver }: Route, { config }: RoutingScene): string =>
  nameReceiver(receiver.value, config.receivers.find(({ name }) => name === receiver.value)?.notifiers ?? []);

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
      found: `there are ${listSome(names, 5)}`,
    });
  return undefined;
}
