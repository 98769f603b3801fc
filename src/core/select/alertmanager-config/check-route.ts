import type { AlertmanagerConfigSpec } from '../../../api/alertmanager-config.ts';
import { applyDefaults } from '../../../api/validate.ts';
import type { Schema } from '../../../api/schema.ts';
import type { StructuralSchema } from '../../../api/validation/structural.ts';
import { findUnknownFields } from '../../../api/validation/unknown-fields.ts';
import { isJsonObject } from '../../../base/json.ts';
import type { RegexpCache } from '../../relabel/regexp-cache.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import { reject } from '../../field-checks/check-scope.ts';
import { checkShapeAt } from '../../field-checks/check-shape.ts';
import type { Findings } from '../../findings.ts';
import { deepestRoute } from '../../limits.ts';

type Route = NonNullable<AlertmanagerConfigSpec['route']>;
type InhibitRule = NonNullable<AlertmanagerConfigSpec['inhibitRules']>[number];
type Matcher = NonNullable<Route['matchers']>[number];

export interface RouteScope {
  readonly known: { readonly receivers: ReadonlySet<string>; readonly intervals: ReadonlySet<string> };
  /** Of the route at the top; child routes have the same shape, which the API server does not check. */
  readonly schema: StructuralSchema;
  readonly regexps: RegexpCache;
}

/** The route at the top needs a receiver; child routes take it from above. */
export function* checkRoot(route: Route, scope: RouteScope): Findings {
  if (unlessBlank(route.receiver) === undefined)
    yield reject(
      { field: 'spec.route.receiver', reason: 'InvalidRoute' },
      'Cannot route without a receiver: the route at the top needs one',
    );
  yield* checkRoute(route, 'spec.route', { ...scope, level: 1 });
}

/** A scope at a route. */
interface PlacedScope extends RouteScope {
  /** 1 for the route at the top. */
  readonly level: number;
}

function* checkRoute(route: Route, field: string, scope: PlacedScope): Findings {
  const { receivers, intervals } = scope.known;
  const receiver = unlessBlank(route.receiver);
  if (receiver !== undefined && !receivers.has(receiver))
    yield reject(
      { field: `${field}.receiver`, reason: 'UnknownReceiver' },
      `Cannot find receiver "${receiver}" in spec.receivers`,
    );
  yield* checkGroupBy(route.groupBy ?? [], `${field}.groupBy`);
  for (const list of ['muteTimeIntervals', 'activeTimeIntervals'] as const)
    for (const [at, name] of (route[list] ?? []).entries())
      if (!intervals.has(name))
        yield reject(
          { field: `${field}.${list}[${at}]`, reason: 'UnknownTimeInterval' },
          `Cannot find time interval "${name}"`,
        );
  yield* checkMatchers(route.matchers ?? [], `${field}.matchers`, scope.regexps);
  for (const [at, child] of (route.routes ?? []).entries()) {
    yield* checkChild(child, `${field}.routes[${at}]`, { ...scope, level: scope.level + 1 });
    yield;
  }
}

function* checkChild(child: unknown, field: string, scope: PlacedScope): Findings {
  if (scope.level > deepestRoute) {
    yield reject(
      { field, reason: 'InvalidRoute' },
      `Cannot use a route at this depth: at most ${deepestRoute} may be below each other`,
    );
    return;
  }
  const { schema } = scope;
  const route = applyDefaults(schema as Schema<Route>, child as Route);
  let isRight = true;
  for (const finding of checkForm(route, field, schema)) {
    if (finding !== undefined) isRight = false;
    yield finding;
  }
  if (isRight) yield* checkRoute(route, field, scope);
}

/** What the API server does not see in a child route. */
function* checkForm(route: unknown, field: string, schema: StructuralSchema): Findings {
  yield* checkShapeAt(schema, route, field);
  yield* checkNulls(route, field);
  if (!isJsonObject(route)) return;
  const matcher = schema.properties?.matchers?.items ?? {};
  const matchers = Array.isArray(route.matchers) ? (route.matchers as unknown[]) : [];
  const places = [
    { schema, value: route, path: field },
    ...matchers.map((value, at) => ({ schema: matcher, value, path: `${field}.matchers[${at}]` })),
  ];
  for (const { path, message } of places.flatMap(findUnknownFields))
    yield reject({ field: path, reason: 'UnknownField' }, message);
}

/** Null is no item of a list, and no route; a field that is null is one that is not there. */
function* checkNulls(route: unknown, field: string): Findings {
  const reason = 'InvalidType';
  if (!isJsonObject(route)) {
    if (route === null) yield reject({ field, reason }, 'Cannot use null: want object');
    return;
  }
  for (const [name, value] of Object.entries(route))
    for (const [at, item] of (Array.isArray(value) ? value : []).entries())
      if (item === null)
        yield reject({ field: `${field}.${name}[${at}]`, reason }, 'Cannot use null as an item of a list');
}

function* checkGroupBy(labels: readonly string[], field: string): Findings {
  const reason = 'InvalidGroupBy';
  const seen = new Set<string>();
  for (const [at, label] of labels.entries()) {
    if (seen.has(label)) yield reject({ field: `${field}[${at}]`, reason }, `Cannot group by "${label}" twice`);
    seen.add(label);
  }
  if (labels.includes('...') && labels.length > 1)
    yield reject({ field, reason }, 'Cannot group by "..." and other labels: it stands for all of them');
}

const matchTypes = ['=', '!=', '=~', '!~'];

function* checkMatchers(matchers: readonly Matcher[], field: string, regexps: RegexpCache): Findings {
  for (const [at, { name, value = '', matchType = '', regex }] of matchers.entries()) {
    const path = `${field}[${at}]`;
    if (unlessBlank(name) === undefined)
      yield reject({ field: `${path}.name`, reason: 'InvalidMatcher' }, 'Cannot match without the name of a label');
    if (matchType !== '' && !matchTypes.includes(matchType))
      yield reject(
        { field: `${path}.matchType`, reason: 'InvalidMatcher' },
        `Cannot match by "${matchType as string}": want ${matchTypes.join(', ')}`,
      );
    const isRegexp = matchType === '' ? regex === true : matchType.endsWith('~');
    const fault = isRegexp ? regexps.explainInvalid(value) : undefined;
    if (fault !== undefined) yield reject({ field: `${path}.value`, reason: 'InvalidMatcher' }, fault);
  }
}

export function* checkInhibitRules(rules: readonly InhibitRule[], regexps: RegexpCache): Findings {
  for (const [at, rule] of rules.entries())
    for (const side of ['sourceMatch', 'targetMatch'] as const)
      yield* checkMatchers(rule[side] ?? [], `spec.inhibitRules[${at}].${side}`, regexps);
}
