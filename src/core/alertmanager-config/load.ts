import { Version } from '../../base/version.ts';
import { YamlError, parseYamlVerbatim } from '../../base/yaml.ts';
import type { YamlFields, YamlValue } from '../../base/yaml-writer.ts';
import { createLoadContext } from '../prometheus-config/load-context.ts';
import { Fields, readShape, keysOf, listOf, mapping, refuseIf, within } from '../prometheus-config/shape.ts';
import type { LoadContext } from '../prometheus-config/shape.ts';
import { ConfigError, asMapping } from '../prometheus-config/values.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { checkAliases } from './aliases.ts';
import { Globals, globalShape } from './globals.ts';
import { checkReceivers, receiver } from './receivers.ts';
import { checkNames, checkTree, inhibitRule, route } from './route.ts';
import type { KnownNames } from './route.ts';
import { filePatterns } from './alertmanager-scalars.ts';
import { describe, newestKnown } from './alertmanager-shape.ts';
import { eventRecorder, tracing } from './telemetry.ts';
import { namedInterval } from './time-intervals.ts';

/** Why Alertmanager would not start with a configuration. */
export interface AlertmanagerConfigFault {
  /** Keys and "[index]" from the top to what is wrong, as far as it is known: ["receivers", "[2]", "slack_configs", "[0]"]. */
  readonly path: readonly string[];
  /** In Alertmanager's words, where it has any. */
  readonly message: string;
}

export type LoadedAlertmanagerConfig =
  { readonly ok: true } | { readonly ok: false; readonly fault: AlertmanagerConfigFault };

export interface LoadOptions {
  /** Of the Alertmanager that is to read it. The newest that is known when absent. */
  readonly version?: Version;
  /** Shared by those who load many configurations. */
  readonly regexps?: RegexpCache;
}

const configShape = describe('config.plain', {
  keys: [
    ...keysOf(mapping(globalShape), 'global'),
    ...keysOf(route, 'route'),
    ...keysOf(listOf(inhibitRule), 'inhibit_rules'),
    ...keysOf(listOf(receiver), 'receivers'),
    ...keysOf(filePatterns, 'templates'),
    ...keysOf(listOf(namedInterval('mute time interval')), 'mute_time_intervals'),
    ...keysOf(listOf(namedInterval('time interval')), 'time_intervals'),
    ...keysOf(tracing, 'tracing'),
    ...keysOf(eventRecorder, 'event_recorder'),
  ],
  since: { '0.30.0': ['tracing'], '0.33.0': ['event_recorder'] },
});

/**
 * Loads a whole alertmanager.yaml as Alertmanager does before it starts, and gives the first thing that it would refuse.
 * Files that are named are not read, templates of notifications are not looked at: Alertmanager expands those when it notifies
 * (docs/reference/rendering.md 5). Linear in the size of the configuration.
 *
 * @param source the text, or what is going to be written as one.
 */
export function loadAlertmanagerConfig(
  source: string | YamlValue,
  options: LoadOptions = {},
): LoadedAlertmanagerConfig {
  const { version = Version.parse(newestKnown), regexps = new RegexpCache() } = options;
  return tryLoad(() => {
    const document = typeof source === 'string' ? parseYamlVerbatim(source) : source;
    checkAliases(document);
    checkConfig(document, createLoadContext(version, 'utf8', regexps));
  });
}

/**
 * What loads routes that stand below another one by themselves, without those below them.
 * @param known what they may refer to.
 */
export function createRouteLoader(
  known: KnownNames,
  { version, regexps }: Required<LoadOptions>,
): (route: YamlFields) => LoadedAlertmanagerConfig {
  const context = createLoadContext(version, 'utf8', regexps);
  return (fields) =>
    tryLoad(() => {
      route(fields, context);
      checkNames(new Fields(fields), known);
    });
}

function tryLoad(load: () => void): LoadedAlertmanagerConfig {
  try {
    load();
    return { ok: true };
  } catch (error) {
    if (error instanceof ConfigError) return { ok: false, fault: { path: error.path, message: error.message } };
    if (error instanceof YamlError) return { ok: false, fault: { path: [], message: error.message } };
    throw error;
  }
}

function checkConfig(document: YamlValue, context: LoadContext): void {
  readShape(document, configShape, context);
  const config = new Fields(asMapping(document, configShape.type));
  const globals = new Globals(config.inside('global'));
  within(['global'], () => globals.check());
  const receivers = checkReceivers(config, globals, context);
  refuseIf(!config.has('route'), 'no routes provided');
  const intervals = readIntervalNames(config);
  within(['route'], () => checkTree(config.inside('route'), { receivers, intervals }, context));
}

/** Names of intervals in both lists, which must not share any. */
function readIntervalNames(config: Fields): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [key, what] of [
    ['mute_time_intervals', 'mute time interval'],
    ['time_intervals', 'time interval'],
  ] as const)
    for (const [index, one] of config.list(key).entries()) {
      const name = new Fields(asMapping(one, 'config.TimeInterval')).text('name');
      if (names.has(name))
        throw new ConfigError(`${what} "${name}" is not unique`, { path: [key, `[${index}]`, 'name'] });
      names.add(name);
    }
  return names;
}
