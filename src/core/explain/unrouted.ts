import { listSome } from '../../base/list-some.ts';
import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import { writeMatcher } from '../routing/matching.ts';
import type { Reach } from '../routing/reach.ts';
import type { Labels } from '../routing/matching.ts';
import { nameOwner } from '../routing/words.ts';
import type { RoutingScene } from '../routing/routing-scene.ts';
import type { AlertCase, Routed } from './alert-way.ts';
import { isReceiver, listNotifying } from './alert-way.ts';
import { makeStep } from './case.ts';
import { findDecisive } from './chain.ts';
import { advise } from './fixes.ts';
import { ownerOf } from './links/muted.ts';
import { openRulesCase } from './links/opened-rules.ts';
import type { Step } from './model.ts';
import { showObject } from './model.ts';
import { listNearRoutes } from './near-routes.ts';
import type { FailedMatcher, NearRoute } from './near-routes.ts';
import { proposeContinue, proposeForNamespace, proposeLabel } from './route-fixes.ts';
import { listCases } from './selected.ts';
import { useLinks, walkUse } from './use-chain.ts';

/**
 * Why no route takes an alert to somebody: an AlertmanagerConfig that is not used and would take it, else the route that comes
 * nearest, with what keeps the alert from it.
 */
export function explainUnrouted(one: AlertCase, routed: Routed): Step {
  const { scene, known } = routed;
  const unused = explainUnused(one, known);
  if (unused !== undefined) return unused;
  const notifying = listNotifying(scene);
  const { receiver } = one.asked;
  const wants = (name: string): boolean => (receiver === undefined ? notifying.has(name) : isReceiver(name, receiver));
  const near = listNearRoutes(scene, known, wants);
  const own = near.find((route) => isOfNamespace(one, route, scene) && distanceOf(route) <= distanceOf(near[0]) + 1);
  const nearest = own ?? near[0];
  if (nearest === undefined) return explainNobody(one, scene);
  if (nearest.failed.length > 0) return explainMatchers(one, routed, nearest);
  const [reach] = routed.reaches;
  if (nearest.takenBy.length > 0 || reach === undefined) return explainTaken(routed, nearest);
  return explainSilent(reach, scene, '');
}

const distanceOf = (route: NearRoute | undefined): number =>
  route === undefined ? 0 : route.failed.length + route.takenBy.length;

/** A route of the team that wrote the rule is probably the one that is meant. */
function isOfNamespace({ name }: AlertCase, { route }: NearRoute, { places }: RoutingScene): boolean {
  const place = places.route(route.path);
  return place.kind === 'AlertmanagerConfig' && place.namespace === name.namespace;
}

/** An AlertmanagerConfig of the alert's namespace that this Alertmanager does not use, though its route would match. */
export function explainUnused(one: AlertCase, known: Labels): Step | undefined {
  const { facts, alertmanager, name } = one;
  const namespaces = new Set([name.namespace, known.get('namespace') ?? name.namespace]);
  for (const config of facts.sources.AlertmanagerConfig.list()) {
    const { namespace = '', name: own = '' } = config.metadata;
    if (!namespaces.has(namespace) || !wouldTake(config, known)) continue;
    const object = { kind: 'AlertmanagerConfig', namespace, name: own };
    const use = listCases(object, config, facts).find(
      ({ view }) => showObject(view.name) === showObject(alertmanager.name),
    );
    const walk = use && walkUse(openRulesCase(use), useLinks);
    if (walk === undefined || walk.passed) continue;
    const step = findDecisive(walk);
    if (step === undefined) continue;
    return {
      ...step,
      link: 'routed',
      reason: 'ConfigNotUsed',
      ...(step.cause === undefined ? {} : { cause: step.cause }),
      compared: `${showObject(alertmanager.name)} does not use ${showObject(object)}: ${step.compared}`,
    };
  }
  return undefined;
}

/** Whether its route, and a receiver that notifies, would be there for the alert; labels that are not known do not count. */
function wouldTake({ spec }: AlertmanagerConfig, known: Labels): boolean {
  const matchers = spec.route?.matchers ?? [];
  const isEqual = (type: string | undefined): boolean => type === undefined || type === '=' || type === '';
  const differs = matchers.some(
    ({ name, value = '', matchType }) => known.has(name) && isEqual(matchType) && known.get(name) !== value,
  );
  return spec.route !== undefined && !differs;
}

function explainNobody({ alertmanager, facts }: AlertCase, scene: RoutingScene): Step {
  const { source } = scene.match;
  const names = scene.config.receivers.map(({ name }) => name);
  const secret = source.kind === 'object' ? undefined : source.secret;
  const isMissing = secret !== undefined && facts.findAsset(secret) === undefined;
  const from = secret === undefined ? 'its AlertmanagerConfigs' : `Secret ${secret.namespace}/${secret.name}`;
  return makeStep('routed', 'fail', {
    reason: 'NoReceiverNotifies',
    object: alertmanager.name,
    at: isMissing ? 'spec.configSecret' : '',
    compared: `receivers of ${showObject(alertmanager.name)}: ${listSome(names)}`,
    found: isMissing ? `none has a notifier; ${from} was not found` : 'none has a notifier',
    fixes: [
      advise(alertmanager.name, `give a receiver a notifier: in ${from}, or in an AlertmanagerConfig that it selects`),
    ],
  });
}

function explainMatchers(one: AlertCase, { scene, known }: Routed, near: NearRoute): Step {
  const { failed } = near;
  const injected = failed.find(({ route, matcher }) => scene.places.injector(route.path, matcher) !== undefined);
  const decisive = injected ?? failed[0];
  if (decisive === undefined) throw new RangeError('A route without matchers that fail keeps nothing away');
  const place = scene.places.route(decisive.route.path, injected === undefined ? decisive.matcher.place : undefined);
  const found = failed.map(({ matcher }) => showLabel(matcher.name, known)).join(', ');
  const shared = {
    compared: `${nameOwner(place)} ${place.field} wants ${failed.map((each) => showFailed(each, scene)).join(' and ')}`,
    found: `the alert has ${found}`,
  };
  if (injected !== undefined && failed.length === 1) {
    const strategy = scene.places.strategy();
    const fixes = proposeForNamespace(one, { scene, failed: injected, known });
    return makeStep('routed', 'fail', {
      ...{ reason: 'NamespaceMatcherDiffers', object: ownerOf(strategy), at: strategy.field, fixes },
      ...shared,
    });
  }
  const fixes = proposeLabel(one, { scene, failed: decisive, known }, failed.length);
  return makeStep('routed', 'fail', {
    ...{ reason: 'RouteMatchersDiffer', object: ownerOf(place), at: place.field, fixes },
    ...shared,
  });
}

function showFailed({ route, matcher }: FailedMatcher, { places }: RoutingScene): string {
  const added = places.injector(route.path, matcher) === undefined ? '' : ' (which the operator adds)';
  return `${writeMatcher(matcher)}${added}`;
}

const showLabel = (name: string, known: Labels): string => {
  const value = known.get(name) ?? '';
  return value === '' ? `no label ${name}` : `${name}=${JSON.stringify(value)}`;
};

function explainTaken({ scene }: Routed, { route, takenBy }: NearRoute): Step {
  const [taker] = takenBy;
  if (taker === undefined) throw new RangeError('No route takes the alert');
  const place = scene.places.route(taker.path);
  const wanted = scene.places.route(route.path);
  return makeStep('routed', 'fail', {
    reason: 'TakenByEarlierRoute',
    object: ownerOf(place),
    at: place.field,
    compared: `${nameOwner(wanted)} ${wanted.field} would take it to ${route.receiver.value}`,
    found: `${nameOwner(place)} ${place.field} stands before it, takes the alert to ${taker.receiver.value} and does not continue`,
    fixes: proposeContinue(place),
  });
}

/** A route takes it to a receiver that does not notify. @param besides what else is to be said, "" for nothing */
export function explainSilent({ route }: Reach, scene: RoutingScene, besides: string): Step {
  const place = scene.places.route(route.path, 'receiver');
  const receiver = route.receiver.value;
  return makeStep('routed', 'fail', {
    reason: 'ReceiverSilent',
    object: ownerOf(place),
    at: place.field,
    compared: `${nameOwner(place)} ${place.field} is ${receiver}`,
    found: `it has no way of notifying${besides === '' ? '' : `; ${besides}`}`,
    fixes: [advise(ownerOf(place), `give receiver ${receiver} a notifier, or name another one`)],
  });
}
