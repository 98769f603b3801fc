import { alertmanagerConfigSpec } from '../../../../../api/alertmanager-config.ts';
import type { AlertmanagerConfigSpec } from '../../../../../api/alertmanager-config.ts';
import type { Schema } from '../../../../../api/schema.ts';
import { applyDefaults } from '../../../../../api/validate.ts';
import type { StructuralSchema } from '../../../../../api/validation/structural.ts';
import type { Version } from '../../../../../base/version.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../../shared/rendered-objects.ts';

export type Route = NonNullable<AlertmanagerConfigSpec['route']>;
export type InhibitRule = NonNullable<AlertmanagerConfigSpec['inhibitRules']>[number];
type Matcher = NonNullable<Route['matchers']>[number];

/** What routes and inhibit rules of one object have in common. */
export interface RoutingScope {
  /** "namespace/name/", before the names of receivers and intervals of the object. */
  readonly prefix: string;
  readonly version: Version;
  /** Namespace whose alerts are meant; undefined for those of all namespaces. */
  readonly alertNamespace: string | undefined;
  /** The name of an interval as routes write it. */
  readonly nameInterval: (name: string) => string;
}

/** Before it, matchers were two maps (docs/reference/rendering.md 5.8). */
const knowsMatchers = ({ version }: RoutingScope): boolean => version.isAtLeast('0.22.0');

const escape = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

const writeMatcher = (name: string, operator: string, value: string): string => `${name}${operator}"${escape(value)}"`;

interface Matching {
  readonly match: ReadonlyMap<string, string>;
  readonly matchRe: ReadonlyMap<string, string>;
  readonly matchers: readonly string[];
}

/** Matchers in the form that the version reads; a matcher with a `matchType` is always a text. */
function convertMatchers(matchers: readonly Matcher[], scope: RoutingScope): Matching {
  const [match, matchRe] = [new Map<string, string>(), new Map<string, string>()];
  const texts: string[] = [];
  for (const { name, value = '', matchType = '', regex } of matchers) {
    if (matchType !== ('' as string)) texts.push(writeMatcher(name, matchType, value));
    else if (knowsMatchers(scope)) texts.push(writeMatcher(name, regex === true ? '=~' : '=', value));
    else (regex === true ? matchRe : match).set(name, value);
  }
  return { match, matchRe, matchers: texts };
}

/** Adds that alerts are of the object's namespace. */
function restrict({ match, matchRe, matchers }: Matching, scope: RoutingScope): Matching {
  const { alertNamespace } = scope;
  if (alertNamespace === undefined) return { match, matchRe, matchers };
  if (!knowsMatchers(scope)) return { match: new Map([...match, ['namespace', alertNamespace]]), matchRe, matchers };
  return { match, matchRe, matchers: [...matchers, writeMatcher('namespace', '=', alertNamespace)] };
}

/** The route at the top of an object: alerts of its namespace, and the routes after it are tried too. */
export const convertTopRoute = (route: Route, scope: RoutingScope): YamlFields => ({
  ...convertFields(route, scope, (matching) => restrict(matching, scope)),
  continue: true,
});

/** A route and those below it. */
export const convertRoute = (route: Route, scope: RoutingScope): YamlFields =>
  convertFields(route, scope, (matching) => matching);

const routeSchema = ((alertmanagerConfigSpec as StructuralSchema).properties?.route ?? {}) as Schema<Route>;

/** A child was found to have the shape of its parent; the API server does not take nulls out of it. */
export const readChild = (child: unknown): Route => applyDefaults(routeSchema, child as Route);

function convertFields(route: Route, scope: RoutingScope, change: (matching: Matching) => Matching): YamlFields {
  const { match, matchRe, matchers } = change(convertMatchers(route.matchers ?? [], scope));
  const receiver = unlessBlank(route.receiver);
  return {
    receiver: receiver && scope.prefix + receiver,
    group_by: route.groupBy,
    match,
    match_re: matchRe,
    matchers,
    continue: route.continue,
    routes: route.routes?.map((child) => convertRoute(readChild(child), scope)),
    group_wait: route.groupWait,
    group_interval: route.groupInterval,
    repeat_interval: route.repeatInterval,
    mute_time_intervals: route.muteTimeIntervals?.map(scope.nameInterval),
    active_time_intervals: route.activeTimeIntervals?.map(scope.nameInterval),
  };
}

/** A matcher that says the same stands there already, however it is spaced. */
function restrictSide(matching: Matching, scope: RoutingScope): Matching {
  const { alertNamespace } = scope;
  if (alertNamespace === undefined) return matching;
  if (!knowsMatchers(scope)) return restrict(matching, scope);
  const wanted = writeMatcher('namespace', '=', alertNamespace);
  const isThere = matching.matchers.some((text) => text.replaceAll(' ', '') === wanted);
  return isThere ? matching : restrict(matching, scope);
}

/** A rule that only alerts of the object's namespace take part in. */
export function convertInhibitRule(rule: InhibitRule, scope: RoutingScope): YamlFields {
  const side = (matchers: readonly Matcher[] = []): Matching => restrictSide(convertMatchers(matchers, scope), scope);
  const [target, source] = [side(rule.targetMatch), side(rule.sourceMatch)];
  return {
    target_match: target.match,
    target_match_re: target.matchRe,
    target_matchers: target.matchers,
    source_match: source.match,
    source_match_re: source.matchRe,
    source_matchers: source.matchers,
    equal: rule.equal,
  };
}
