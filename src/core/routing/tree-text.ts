import { mostRoutesShown } from '../limits.ts';
import type { RouteNode, ShownMatcher } from './answer.ts';
import type { RouteOutcome, ShownSetting } from './route-outcome.ts';
import type { ShownPlace } from './routing-scene.ts';
import { describeMuting, joinWords, nameOwner, nameReceiver, showShownPlace, showSign } from './words.ts';
import type { RouteStyle, Sign } from './words.ts';

interface Line {
  readonly style: RouteStyle;
  readonly depth: number;
  /** Whose routes stand around: it is not named again. */
  readonly around: string;
}

const signOf: Readonly<Record<RouteNode['outcome'], Sign>> = { matched: 'ok', unmatched: 'no', untried: '-' };

/** The tree, one line a route, what decided below it. */
export const writeTree = (node: RouteNode, style: RouteStyle): string[] =>
  writeNode(node, { style, depth: 0, around: '' });

function writeNode(node: RouteNode, line: Line): string[] {
  const { place, outcome, matchers, routes, notifies } = node;
  const owner = nameOwner(place);
  const gap = '  '.repeat(line.depth);
  const where = place.at === undefined ? '' : `  ${place.at}`;
  const title = owner === line.around ? place.field : `${owner} ${place.field}`;
  const what = outcome === 'untried' ? ': not tried, a route before it took the alert' : '';
  const inner: Line = { ...line, depth: line.depth + 1, around: owner };
  const decisive = matchers.filter(({ matched }) => outcome === 'matched' || !matched);
  return [
    `  ${showSign(signOf[outcome], line.style)}${gap}${title}${what}${where}`,
    ...decisive.map((matcher) => writeMatcher(matcher, inner)),
    ...(outcome === 'matched' ? writeContinue(node, inner) : []),
    ...(notifies === undefined ? [] : writeOutcome(notifies, inner)),
    ...writeRoutes(routes, inner),
  ];
}

/** Those that take the alert, and the first of those that do not. */
function writeRoutes(routes: readonly RouteNode[], line: Line): string[] {
  const lines: string[] = [];
  const left = { unmatched: 0, untried: 0, matched: 0 };
  let shown = 0;
  for (const node of routes) {
    if (node.outcome === 'matched' || shown < mostRoutesShown) lines.push(...writeNode(node, line));
    else left[node.outcome] += 1;
    if (node.outcome !== 'matched') shown += 1;
  }
  const gap = '  '.repeat(line.depth);
  const tell = (count: number, what: string): string[] =>
    count === 0 ? [] : [`  ${showSign('-', line.style)}${gap}${count} more ${what}; -o json lists them`];
  return [
    ...lines,
    ...tell(left.unmatched, left.unmatched === 1 ? 'does not match' : 'do not match'),
    ...tell(left.untried, left.untried === 1 ? 'is not tried' : 'are not tried'),
  ];
}

const below = (text: string, { depth }: Line): string => `       ${'  '.repeat(depth)}${text}`;

function writeMatcher({ matcher, matched, found, addedFor }: ShownMatcher, line: Line): string {
  const value = found === null ? 'the alert has no such label' : `found ${JSON.stringify(found)}`;
  const by = addedFor === undefined ? '' : ', added by Stoker';
  return below(`${showSign(matched ? 'ok' : 'no', line.style)}${matcher}  (${value}${by})`, line);
}

function writeContinue({ continue: goesOn }: RouteNode, line: Line): string[] {
  if (goesOn === 'no') return [];
  const by = goesOn === 'forced' ? 'continue, which Stoker sets' : 'continue';
  return [below(`${showSign('-', line.style)}the routes after it are tried, too (${by})`, line)];
}

function writeOutcome(outcome: RouteOutcome, line: Line): string[] {
  const { receiver, notifiers, groupBy } = outcome;
  const names: ShownSetting<string> = { ...groupBy, value: groupBy.value.join(', ') || 'nothing: all alerts together' };
  const settings = [
    ['group_by', names],
    ['group_wait', outcome.groupWait],
    ['group_interval', outcome.groupInterval],
    ['repeat_interval', outcome.repeatInterval],
  ] as const;
  return [
    below(`${showSign('to', line.style)}${nameReceiver(receiver, notifiers)}`, line),
    ...settings.map(([name, setting]) => below(`     ${name} ${setting.value}  (${showOrigin(setting.place)})`, line)),
    ...writeMuting(outcome, line),
  ];
}

function writeMuting({ muting, muteTimeIntervals, activeTimeIntervals }: RouteOutcome, line: Line): string[] {
  if (muting !== undefined) {
    const where = muting.places.map(showShownPlace).join('; ');
    return [
      below(
        `${showSign('no', line.style)}${describeMuting(muting)}, for which it is ${joinWords(muting.seenAs)}  (${where})`,
        line,
      ),
    ];
  }
  const names = [...activeTimeIntervals, ...muteTimeIntervals];
  return names.length === 0
    ? []
    : [below(`${showSign('ok', line.style)}not muted at that time by ${joinWords(names)}`, line)];
}

const showOrigin = (place: ShownPlace | undefined): string => (place === undefined ? 'default' : showShownPlace(place));
