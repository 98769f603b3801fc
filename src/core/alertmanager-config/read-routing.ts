import type { Version } from '../../base/version.ts';
import { complete } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { parseYamlVerbatim } from '../../base/yaml.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { createLoadContext } from '../prometheus-config/load-context.ts';
import { Fields } from '../prometheus-config/shape.ts';
import type { LoadContext } from '../prometheus-config/shape.ts';
import { asMapping, isList } from '../prometheus-config/values.ts';
import { readMatchers } from './matchers/matchers.ts';
import type { PlacedMatcher } from './matchers/matchers.ts';
import { readIntervals } from './read-intervals.ts';
import type { NamedInterval } from './read-intervals.ts';
import { textsOf } from './alertmanager-scalars.ts';

/** A setting of a route, and the route that it was said at; undefined: nowhere, it is Alertmanager's default. */
export interface Inherited<T> {
  readonly value: T;
  readonly from: string | undefined;
}

/** A route with what it has from the routes above it. */
export interface Route {
  /** Where it stands: "route", "route.routes[0].routes[2]". */
  readonly path: string;
  readonly matchers: readonly PlacedMatcher[];
  readonly continues: boolean;
  readonly receiver: Inherited<string>;
  /** "..." alone: each alert by itself. */
  readonly groupBy: Inherited<readonly string[]>;
  /** Milliseconds, as the two below. */
  readonly groupWait: Inherited<number>;
  readonly groupInterval: Inherited<number>;
  readonly repeatInterval: Inherited<number>;
  /** Names; these and the ones below are not inherited. */
  readonly muteTimeIntervals: readonly string[];
  readonly activeTimeIntervals: readonly string[];
  readonly routes: readonly Route[];
}

export interface ReceiverSummary {
  readonly name: string;
  /** Ways of notifying as the configuration calls them, such as "slack"; none: it swallows alerts. */
  readonly notifiers: readonly string[];
}

export interface InhibitRule {
  /** "inhibit_rules[0]". */
  readonly path: string;
  readonly source: readonly PlacedMatcher[];
  readonly target: readonly PlacedMatcher[];
  readonly equal: readonly string[];
}

/** What decides about who is told of an alert. */
export interface RoutingConfig {
  readonly root: Route;
  readonly receivers: readonly ReceiverSummary[];
  readonly inhibitRules: readonly InhibitRule[];
  readonly intervals: ReadonlyMap<string, NamedInterval>;
}

type Settings = Pick<Route, 'receiver' | 'groupBy' | 'groupWait' | 'groupInterval' | 'repeatInterval'>;

/** What Alertmanager takes where no route says it. */
const defaults: Settings = {
  receiver: { value: '', from: undefined },
  groupBy: { value: [], from: undefined },
  groupWait: { value: 30_000, from: undefined },
  groupInterval: { value: 300_000, from: undefined },
  repeatInterval: { value: 14_400_000, from: undefined },
};

/**
 * Reads what decides about routes out of a configuration.
 * @param text that `loadAlertmanagerConfig` takes for this version.
 */
export const readRouting = (text: string, version: Version): RoutingConfig =>
  complete(readRoutingOf(parseYamlVerbatim(text), version));

/** The same, with rests. @param document its scalars as they were written */
export function* readRoutingOf(document: YamlValue, version: Version): Interruptible<RoutingConfig> {
  const config = fieldsOf(document);
  const context = createLoadContext(version, 'utf8');
  return {
    root: yield* readRoute(config.inside('route'), { path: 'route', above: defaults }, context),
    receivers: config.list('receivers').map((one) => readReceiver(fieldsOf(one))),
    inhibitRules: config.list('inhibit_rules').map((one, index) => readRule(fieldsOf(one), index, context)),
    intervals: readIntervals(config),
  };
}

const fieldsOf = (value: YamlValue): Fields => new Fields(asMapping(value, 'config.plain'));

interface Place {
  readonly path: string;
  /** What the route above has. */
  readonly above: Settings;
}

function* readRoute(fields: Fields, { path, above }: Place, context: LoadContext): Interruptible<Route> {
  const settings = readSettings(fields, path, above);
  const routes: Route[] = [];
  for (const [index, child] of fields.list('routes').entries()) {
    routes.push(yield* readRoute(fieldsOf(child), { path: `${path}.routes[${index}]`, above: settings }, context));
    yield;
  }
  return {
    path,
    matchers: readMatchers(fields, '', context),
    continues: fields.isTrue('continue'),
    ...settings,
    muteTimeIntervals: textsOf(fields.list('mute_time_intervals')),
    activeTimeIntervals: textsOf(fields.list('active_time_intervals')),
    routes,
  };
}

/** An empty `group_by` is none: what the route above has counts. */
function readSettings(fields: Fields, path: string, above: Settings): Settings {
  const groupBy = textsOf(fields.list('group_by'));
  const receiver = fields.text('receiver');
  const milliseconds = (key: string, inherited: Inherited<number>): Inherited<number> =>
    fields.has(key) ? { value: fields.milliseconds(key, 0), from: path } : inherited;
  return {
    receiver: receiver === '' ? above.receiver : { value: receiver, from: path },
    groupBy: groupBy.length === 0 ? above.groupBy : { value: groupBy, from: path },
    groupWait: milliseconds('group_wait', above.groupWait),
    groupInterval: milliseconds('group_interval', above.groupInterval),
    repeatInterval: milliseconds('repeat_interval', above.repeatInterval),
  };
}

function readReceiver(fields: Fields): ReceiverSummary {
  const notifiers = fields.keys().flatMap((key) => {
    const list = key.endsWith('_configs') ? fields.get(key) : undefined;
    return list !== undefined && isList(list) && list.length > 0 ? [key.slice(0, -'_configs'.length)] : [];
  });
  return { name: fields.text('name'), notifiers };
}

const readRule = (fields: Fields, index: number, context: LoadContext): InhibitRule => ({
  path: `inhibit_rules[${index}]`,
  source: readMatchers(fields, 'source_', context),
  target: readMatchers(fields, 'target_', context),
  equal: textsOf(fields.list('equal')),
});
