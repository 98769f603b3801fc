import type { AlertmanagerConfig, AlertmanagerConfigSpec } from '../../../../api/alertmanager-config.ts';
import { keyOf } from '../../../../api/meta.ts';
import type { Interruptible } from '../../../../base/interruptible.ts';
import { writeYamlItems } from '../../../../base/yaml-writer.ts';
import type { KeyReference } from '../../../assets/references.ts';
import type { AssetStore } from '../../../assets/store.ts';
import type { RegexpCache } from '../../../relabel/regexp-cache.ts';
import { renderChildRoutes, writeRouteItem } from './child-routes.ts';
import type { ConfigContext, ConfigTarget } from './config-context.ts';
import { convertMuteInterval } from './convert/convert-intervals.ts';
import { convertReceiver } from './convert/convert-receiver.ts';
import { convertInhibitRule, convertRoute, convertTopRoute } from './convert/convert-routing.ts';
import type { RoutingScope } from './convert/convert-routing.ts';
import { routeIndent, sanitizeConfig } from './document.ts';
import type { ConfigDocument, ConfigPart } from './document.ts';
import { labelReceiver, labelRoute } from './origin-labels.ts';
import type { Origin } from './origin-labels.ts';
import { createRouteCheck, requireLoadablePart } from './loadable-config.ts';

/** Something that was left out, and why; the configuration is valid all the same. */
export interface ConfigWarning {
  /** "AlertmanagerConfig namespace/name", or "" for the Alertmanager's own configuration. */
  readonly object: string;
  readonly message: string;
}

/** What an AlertmanagerConfig adds to the configuration of an Alertmanager. */
export interface ConfigFragment extends ConfigPart {
  /** "namespace/name". */
  readonly key: string;
  /** Keys whose contents must be in the tls-assets Secrets. */
  readonly tlsAssets: readonly KeyReference[];
  readonly warnings: readonly ConfigWarning[];
}

/** Notes what is left out. @param object as in `ConfigWarning`. */
export const collectWarnings =
  (object: string, warnings: ConfigWarning[]) =>
  (path: string, message: string): void => {
    warnings.push({ object, message: `Left out "${path}": ${message}` });
  };

/** How the names of an object's receivers and intervals begin. */
export const prefixOf = (object: AlertmanagerConfig): string => `${keyOf(object)}/`;

/** Only alerts of this namespace reach the object's routes; undefined for all (docs/reference/rendering.md 5.8). */
function restrictAlerts({ metadata }: AlertmanagerConfig, { strategy, namespace }: ConfigContext): string | undefined {
  if (strategy === 'None') return undefined;
  const isOwn = metadata.namespace === namespace;
  return strategy === 'OnNamespaceExceptForAlertmanagerNamespace' && isOwn ? undefined : (metadata.namespace ?? '');
}

/** Names of an object's own intervals get its prefix; others are those of the base configuration. */
export function scopeRouting(object: AlertmanagerConfig, context: ConfigContext): RoutingScope {
  const prefix = prefixOf(object);
  const own = new Set((object.spec.muteTimeIntervals ?? []).map(({ name }) => name));
  return {
    prefix,
    version: context.version,
    alertNamespace: restrictAlerts(object, context),
    nameInterval: (name) => (own.has(name) || !context.base.intervals.has(name) ? prefix + name : name),
  };
}

/** Where an object's receivers and routes are from. */
export const originOf = ({ metadata }: AlertmanagerConfig, { version }: Pick<ConfigTarget, 'version'>): Origin => ({
  ...{ namespace: metadata.namespace ?? '', name: metadata.name ?? '', version },
});

/** The sections of an object; `top` says how its route is taken. Without a route only inhibit rules count. */
export function convertSections(
  spec: AlertmanagerConfigSpec,
  { routing, assets, namespace, tlsAssets, origin, top }: SectionInput,
): ConfigDocument {
  const { route, receivers = [], inhibitRules = [], muteTimeIntervals = [] } = spec;
  const inhibit_rules = inhibitRules.map((rule) => convertInhibitRule(rule, routing));
  if (route === undefined) return { inhibit_rules };
  const scope = { assets, namespace, version: routing.version, tlsAssets };
  return {
    route: labelRoute((top === 'child' ? convertTopRoute : convertRoute)(route, routing), origin),
    inhibit_rules,
    receivers: receivers.map((receiver) => labelReceiver(convertReceiver(receiver, routing.prefix, scope), origin)),
    mute_time_intervals: muteTimeIntervals.map((interval) => convertMuteInterval(interval, routing.prefix)),
  };
}

export interface SectionInput {
  readonly routing: RoutingScope;
  readonly assets: AssetStore;
  readonly namespace: string;
  /** Filled with the keys whose files are named. */
  readonly tlsAssets: KeyReference[];
  /** Of the object, where receivers and routes are to say it. */
  readonly origin: Origin | undefined;
  /** `child`: below the route of the base; `root`: the base itself. */
  readonly top: 'child' | 'root';
}

export interface FragmentTools {
  readonly assets: AssetStore;
  readonly regexps: RegexpCache;
}

/**
 * The fragment of an object whose fields were found right. It may rest between its stages.
 * @throws {ConfigFault} when it cannot be made; the path is that of the merged configuration, counted from the object.
 */
export function* renderConfigFragment(
  object: AlertmanagerConfig,
  context: ConfigContext,
  { assets, regexps }: FragmentTools,
): Interruptible<ConfigFragment> {
  const key = keyOf(object);
  const [tlsAssets, warnings]: [KeyReference[], ConfigWarning[]] = [[], []];
  const routing = scopeRouting(object, context);
  const namespace = object.metadata.namespace ?? '';
  const { routes = [], ...route } = object.spec.route ?? {};
  const spec = object.spec.route === undefined ? object.spec : { ...object.spec, route };
  const origin = context.hasOriginLabels ? originOf(object, context) : undefined;
  const sections = convertSections(spec, { routing, assets, namespace, tlsAssets, origin, top: 'child' });
  yield;
  const sanitizing = { version: context.version, warn: collectWarnings(`AlertmanagerConfig ${key}`, warnings) };
  const clean = sanitizeConfig(sections, sanitizing);
  yield;
  requireLoadablePart(clean, context, regexps);
  yield;
  const tools = { routing, sanitizing, requireLoadable: createRouteCheck(clean, context, regexps) };
  const below = yield* renderChildRoutes(routes, { path: 'route', indent: `${routeIndent}  ` }, tools);
  return {
    key,
    inhibitRules: writeYamlItems(clean.inhibit_rules ?? []),
    routes: clean.route === undefined ? '' : writeRouteItem(clean.route, below, routeIndent),
    receivers: writeYamlItems(clean.receivers ?? []),
    muteTimeIntervals: writeYamlItems(clean.mute_time_intervals ?? []),
    tlsAssets,
    warnings,
  };
}
