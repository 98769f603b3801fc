import type { YamlValue } from '../../base/yaml-writer.ts';
import { boolean, duration, text, textMap, texts } from '../prometheus-config/scalars.ts';
import { Fields, readShape, keysOf, listOf, mapping, refuseIf, within } from '../prometheus-config/shape.ts';
import type { KeyCheck, LoadContext } from '../prometheus-config/shape.ts';
import { ConfigError, asMapping } from '../prometheus-config/values.ts';
import { isValidLabelName } from '../relabel/label-names.ts';
import { equalities, expressions, hasMatchers, matchers } from './matchers/matchers.ts';
import { nonZeroDuration, textsOf } from './alertmanager-scalars.ts';
import { describe } from './alertmanager-shape.ts';

/** Which names labels may have: any text since 0.27. */
const schemeOf = ({ version }: LoadContext): 'legacy' | 'utf8' => (version.isBelow('0.27.0') ? 'legacy' : 'utf8');

const allLabels = '...';

const groupBy: KeyCheck = (value, context) => {
  texts(value, context);
  const all = textsOf(value as readonly YamlValue[]);
  const names = all.filter((name) => name !== allLabels);
  const wrong = names.find((name) => !isValidLabelName(name, schemeOf(context)));
  refuseIf(wrong !== undefined, `invalid label name "${wrong}" in group_by list`);
  refuseIf(
    names.length > 0 && names.length < all.length,
    'cannot have wildcard group_by (`...`) and other labels at the same time',
  );
  const seen = new Set<string>();
  for (const name of names) {
    refuseIf(seen.has(name), `duplicated label "${name}" in group_by`);
    seen.add(name);
  }
};

const labels: KeyCheck = (value, context) => {
  textMap(value, context);
  refuseIf(Object.hasOwn(asMapping(value, 'model.LabelSet'), ''), '"" is not a valid label name');
};

const childRoutes: KeyCheck = (value, context) => {
  listOf((route) => readShape(route, routeShape, context), 'a route must not be null')(value, context);
};

const routeShape = describe('config.plain', {
  keys: [
    ...keysOf(text, 'receiver'),
    ...keysOf(groupBy, 'group_by'),
    ...keysOf(equalities, 'match'),
    ...keysOf(expressions, 'match_re'),
    ...keysOf(matchers, 'matchers'),
    ...keysOf(texts, 'mute_time_intervals', 'active_time_intervals'),
    ...keysOf(boolean, 'continue'),
    ...keysOf(childRoutes, 'routes'),
    ...keysOf(duration, 'group_wait'),
    ...keysOf(nonZeroDuration('group_interval'), 'group_interval'),
    ...keysOf(nonZeroDuration('repeat_interval'), 'repeat_interval'),
    ...keysOf(labels, 'labels'),
  ],
  since: { '0.34.0': ['labels'] },
});

/** `route`: the tree by itself. */
export const route: KeyCheck = mapping(routeShape);

const equalNames: KeyCheck = (value, context) => {
  texts(value, context);
  const wrong = textsOf(value as readonly YamlValue[]).find((name) => !isValidLabelName(name, schemeOf(context)));
  refuseIf(wrong !== undefined, `invalid label name "${wrong}" in equal list`);
};

export const inhibitRule: KeyCheck = mapping(
  describe('common.plain', {
    keys: [
      ...keysOf(text, 'name'),
      ...keysOf(equalities, 'source_match', 'target_match'),
      ...keysOf(expressions, 'source_match_re', 'target_match_re'),
      ...keysOf(matchers, 'source_matchers', 'target_matchers'),
      ...keysOf(equalNames, 'equal'),
    ],
    since: { '0.30.0': ['name'] },
  }),
);

/** What the names in a tree of routes may refer to. */
export interface KnownNames {
  readonly receivers: ReadonlySet<string>;
  readonly intervals: ReadonlySet<string>;
}

/**
 * What the root must be, and that what routes name is there.
 * @param root that has its shape.
 * @throws {ConfigError} with the path below the root.
 */
export function checkTree(root: Fields, known: KnownNames, context: LoadContext): void {
  refuseIf(root.text('receiver') === '', 'root route must specify a default receiver');
  const hasLabels = ['match', 'match_re'].some((key) => root.inside(key).keys().length > 0);
  refuseIf(hasLabels || hasMatchers(root.list('matchers'), context), 'root route must not have any matchers');
  refuseIf(root.list('mute_time_intervals').length > 0, 'root route must not have any mute time intervals');
  refuseIf(root.list('active_time_intervals').length > 0, 'root route must not have any active time intervals');
  checkRoutes(root, (route) => checkReceiver(route, known.receivers));
  checkRoutes(root, (route) => checkIntervals(route, known.intervals));
  refuseIf(root.isTrue('continue'), 'cannot have continue in root route');
}

/** Children before their parent, as Alertmanager goes. */
function checkRoutes(route: Fields, check: (route: Fields) => void): void {
  for (const [index, child] of route.list('routes').entries())
    within(['routes', `[${index}]`], () => checkRoutes(new Fields(asMapping(child, 'config.Route')), check));
  check(route);
}

/** That what one route names is there. @throws {ConfigError} with the path below the route. */
export function checkNames(route: Fields, { receivers, intervals }: KnownNames): void {
  checkReceiver(route, receivers);
  checkIntervals(route, intervals);
}

function checkReceiver(route: Fields, receivers: ReadonlySet<string>): void {
  const name = route.text('receiver');
  if (name !== '' && !receivers.has(name))
    throw new ConfigError(`undefined receiver "${name}" used in route`, { path: ['receiver'] });
}

function checkIntervals(route: Fields, intervals: ReadonlySet<string>): void {
  for (const key of ['active_time_intervals', 'mute_time_intervals'])
    for (const [index, name] of textsOf(route.list(key)).entries())
      if (!intervals.has(name))
        throw new ConfigError(`undefined time interval "${name}" used in route`, { path: [key, `[${index}]`] });
}
