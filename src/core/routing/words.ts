import type { Muting } from './muting.ts';
import type { ShownPlace } from './routing-scene.ts';

/** How to write for one reader. */
export interface RouteStyle {
  /** Colours and symbols; words otherwise. */
  readonly isTerminal: boolean;
}

const signs = {
  ok: ['✓', 'ok  ', '32'],
  no: ['✗', 'no  ', '31'],
  to: ['→', 'to  ', '36'],
  '-': ['·', '-   ', '90'],
} as const;

export type Sign = keyof typeof signs;

/** Five characters wide, in colour on a terminal. */
export function showSign(sign: Sign, { isTerminal }: RouteStyle): string {
  const [symbol, word, colour] = signs[sign];
  return isTerminal ? `\u001b[${colour}m${symbol}\u001b[0m    ` : `${word} `;
}

/** "AlertmanagerConfig shop/team", or "Secret monitoring/alertmanager-main (alertmanager.yaml)". */
export function nameOwner({ kind, namespace, name, key }: ShownPlace): string {
  const owner = [kind, [namespace, name].filter((part) => part !== '').join('/')]
    .filter((part) => part !== '')
    .join(' ');
  return key === undefined ? owner : `${owner} (${key})`;
}

/** With the file and line, where they are known: "AlertmanagerConfig shop/team spec.route, shop.yaml:60:3". */
export const showShownPlace = (place: ShownPlace): string =>
  `${nameOwner(place)} ${place.field}${place.at === undefined ? '' : `, ${place.at}`}`;

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[], last = 'and'): string {
  const rest = words.slice(0, -1);
  return rest.length === 0 ? (words[0] ?? '') : `${rest.join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** A receiver with the ways in which it notifies: `shop/team/pager (pagerduty)`. */
export const nameReceiver = (name: string, notifiers: readonly string[]): string =>
  `${/^[\w./-]+$/.test(name) ? name : JSON.stringify(name)} (${notifiers.length === 0 ? 'has no notifier' : notifiers.join(', ')})`;

/** "silent outside of office-hours, muted by holidays". */
export function describeMuting({ outsideOf, mutedBy }: Muting): string {
  const parts = [
    ...(outsideOf.length === 0 ? [] : [`silent outside of ${joinWords(outsideOf)}`]),
    ...(mutedBy.length === 0 ? [] : [`muted by ${joinWords(mutedBy)}`]),
  ];
  return parts.join(', ');
}
