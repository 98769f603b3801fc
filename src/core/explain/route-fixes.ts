import type { Labels } from '../routing/matching.ts';
import type { Place } from '../routing/places.ts';
import type { RoutingScene } from '../routing/routing-scene.ts';
import type { AlertCase } from './alert-way.ts';
import { advise, setField } from './fixes.ts';
import { ownerOf } from './links/muted.ts';
import type { Fix } from './model.ts';
import { readPath, showName } from './model.ts';
import type { FailedMatcher } from './near-routes.ts';

interface RouteFixInput {
  readonly scene: RoutingScene;
  readonly failed: FailedMatcher;
  readonly known: Labels;
}

/** The label that the rule gives its alerts. */
const setRuleLabel = ({ name, alertRule }: AlertCase, label: string, value: string): Fix =>
  setField(name, [...readPath(alertRule.asked.field), 'labels', label], value);

/** Where the rule is of the namespace that is wanted its alerts may say so; else the matcher must go. */
export function proposeForNamespace(one: AlertCase, { scene, failed }: RouteFixInput): Fix[] {
  const { namespace } = scene.places.route(failed.route.path);
  const strategy = scene.places.strategy();
  const owner = ownerOf(strategy);
  const isOwn = namespace === owner.namespace;
  const loose = setField(owner, strategy.field, isOwn ? 'OnNamespaceExceptForAlertmanagerNamespace' : 'None');
  return namespace === one.name.namespace ? [setRuleLabel(one, 'namespace', namespace), loose] : [loose];
}

/** The label that a route wants, given by the rule; or the value that the alert has, wanted by the route. */
export function proposeLabel(one: AlertCase, { scene, failed, known }: RouteFixInput, count: number): Fix[] {
  const { matcher, route } = failed;
  const place = scene.places.route(route.path, matcher.place);
  const value = known.get(matcher.name) ?? '';
  const other = place.key === undefined && value !== '' && matcher.type === '=' ? [setMatcher(place, value)] : [];
  if (count > 1 || (matcher.type !== '=' && matcher.type !== '=~') || matcher.name === 'alertname')
    return [...other, advise(one.name, 'give the rule the labels that the route wants, or loosen its matchers')];
  const plain = matcher.type === '=' ? matcher.value : firstChoice(matcher.value);
  if (plain === undefined || plain === '')
    return [...other, advise(one.name, `give the rule a label ${matcher.name} that the route wants`)];
  return [setRuleLabel(one, matcher.name, plain), ...other];
}

/** "a|b" means one of two words. */
const firstChoice = (regexp: string): string | undefined => /^([\w-]+)(?:\|[\w-]+)*$/.exec(regexp)?.[1];

const setMatcher = (place: Place, value: string): Fix => setField(ownerOf(place), `${place.field}.value`, value);

/** The routes after it are tried, too. */
export function proposeContinue(place: Place): Fix[] {
  const owner = ownerOf(place);
  if (place.key === undefined) return [setField(owner, `${place.field}.continue`, true)];
  return [
    advise(
      owner,
      `in ${place.key} of ${showName(owner)} set ${place.field}.continue to true, or move the route behind`,
    ),
  ];
}
