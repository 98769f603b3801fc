import type { IdleReceiver, ReachingAlert, ReceiverAnswer, UnreachableAnswer } from './reach-answer.ts';
import { nameReceiver, showShownPlace, showSign } from './words.ts';
import type { RouteStyle } from './words.ts';

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

const join = (sections: readonly (readonly string[])[]): string =>
  `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;

const writeNotes = (notes: readonly string[]): string[] => notes.map((note) => `  Note  ${note}`);

/** The alerts that reach a receiver, and what their labels must be like. */
export function writeReceiver(
  { receiver, notifiers, alerts, reachedBy, notes }: ReceiverAnswer,
  style: RouteStyle,
): string {
  const names = new Set(reachedBy.map(({ place }) => showShownPlace(place)));
  const head = `${names.size} of ${count(alerts, 'alert')} of the rules can reach ${nameReceiver(receiver, notifiers)}.`;
  return join([[head], reachedBy.flatMap((one) => writeAlert(one, style)), writeNotes(notes)]);
}

function writeAlert({ alert, place, route, when, certain }: ReachingAlert, style: RouteStyle): string[] {
  const condition = when.length === 0 ? 'unless another route takes it' : `when ${when.join(', ')}`;
  return [
    `  ${showSign(certain ? 'ok' : '-', style)}${alert}  ${showShownPlace(place)}`,
    `       ${certain ? 'always' : condition}: ${showShownPlace(route)}`,
  ];
}

const reasons: Readonly<Record<IdleReceiver['why'], string>> = {
  'no route': 'no route names it',
  'no alert': 'no alert can get there: matchers contradict each other, or a route before takes all that it would',
  'no rule': 'no alert of the rules can get there',
};

/** Receivers that nothing reaches, then alerts that reach nobody. */
export function writeUnreachable({ alerts, receivers, lost, notes }: UnreachableAnswer, style: RouteStyle): string {
  const sign = `  ${showSign('no', style)}`;
  const idle = receivers.flatMap(({ receiver, notifiers, why, code, routes }) => [
    `${sign}${nameReceiver(receiver, notifiers)}: ${reasons[why]} [${code}]`,
    ...routes.map((place) => `       ${showShownPlace(place)}`),
  ]);
  const dropped = lost.map(
    (one) => `${sign}${one.alert} stays at ${one.receivers.join(', ')}: ${showShownPlace(one.place)} [${one.code}]`,
  );
  return join([
    [`${count(receivers.length, 'receiver')} that nothing reaches${receivers.length > 0 ? ':' : '.'}`, ...idle],
    [`${lost.length} of ${count(alerts, 'alert')} of the rules reach nobody${lost.length > 0 ? ':' : '.'}`, ...dropped],
    writeNotes(notes),
  ]);
}
