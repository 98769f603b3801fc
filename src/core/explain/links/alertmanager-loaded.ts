import { listSome } from '../../../base/list-some.ts';
import { equalJson } from '../../../base/json.ts';
import type { Version } from '../../../base/version.ts';
import { readRouting } from '../../alertmanager-config/read-routing.ts';
import type { Route, RoutingConfig } from '../../alertmanager-config/read-routing.ts';
import { asAlertmanagerWorkload } from '../../render/alertmanager/alertmanager-workload.ts';
import type { AlertmanagerCase } from '../alertmanager-case.ts';
import { makeStep, plural } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { addCondition, judgeSeenLoad } from './seen-load.ts';

/** Whether all replicas have loaded one configuration, and it is the one that is rendered now (/api/v2/status). */
export function judgeConfigLoaded(one: AlertmanagerCase): Step {
  const { view, facts } = one;
  if (!facts.asks.alertmanagers) return judgeSeenLoad(facts, view.name);
  return addCondition(judgeAsked(one), view.object);
}

function judgeAsked(one: AlertmanagerCase): Step {
  const { view, facts, replicas, routing } = one;
  const object = view.name;
  const told = replicas.flatMap(({ name, config }) => (config === undefined ? [] : [{ name, config }]));
  const compared = `routes of ${plural(told.length, 'replica')} (/api/v2/status)`;
  if (told.length === 0)
    return makeStep('loaded', 'unknown', { reason: 'ReplicaUnreachable', object, compared, found: 'none answers' });
  const opened = routing.open();
  if ('problem' in opened) return makeStep('loaded', 'skipped', { reason: 'NotReached', object });
  const { version } = asAlertmanagerWorkload(routing.object, facts.settings);
  const wanted = describe(opened.scene.config);
  const states = told.map(({ name, config }) => ({ name, config: readLoaded(config, version) }));
  const other = states.filter(({ config }) => config !== undefined && !equalJson(describe(config), wanted));
  const same = states.filter(({ config }) => config !== undefined).length - other.length;
  const shared = { object, compared, counts: { selected: same, total: told.length } };
  const [first] = other;
  if (first === undefined)
    return makeStep('loaded', 'pass', { reason: 'Loaded', ...shared, found: listSome(told.map(({ name }) => name)) });
  const log = `kubectl logs ${first.name} -n ${object.namespace}`;
  return makeStep('loaded', same === 0 ? 'warn' : 'fail', {
    reason: 'OutdatedConfig',
    ...shared,
    found: `${first.name} has other routes, receivers or inhibit rules than are rendered now`,
    fixes: [advise(object, `see what keeps it from loading: ${log} -c config-reloader, and -c alertmanager`)],
  });
}

/** Undefined for what another version wrote and this one does not read. */
function readLoaded(text: string, version: Version): RoutingConfig | undefined {
  try {
    return readRouting(text, version);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What decides about who is told, without the places where matchers are written. */
function describe({ root, receivers, inhibitRules }: RoutingConfig): unknown {
  return {
    route: describeRoute(root),
    receivers: receivers.map(({ name, notifiers }) => [name, [...notifiers].sort()]),
    rules: inhibitRules.map(({ source, target, equal }) => [
      source.map(describeMatcher).sort(),
      target.map(describeMatcher).sort(),
      [...equal].sort(),
    ]),
  };
}

const describeMatcher = ({ name, type, value }: Route['matchers'][number]): string =>
  JSON.stringify([name, type, value]);

function describeRoute(route: Route): unknown {
  const { matchers, continues, receiver, groupBy, muteTimeIntervals, activeTimeIntervals, routes } = route;
  return {
    matchers: matchers.map(describeMatcher).sort(),
    ...{ continues, receiver: receiver.value, groupBy: [...groupBy.value].sort() },
    times: [route.groupWait.value, route.groupInterval.value, route.repeatInterval.value],
    ...{ muteTimeIntervals, activeTimeIntervals },
    routes: routes.map(describeRoute),
  };
}
