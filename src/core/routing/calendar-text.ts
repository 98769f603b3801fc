import type { CalendarAnswer, MutedTime } from './calendar.ts';
import { describeMuting, nameReceiver, showShownPlace, showSign } from './words.ts';
import type { RouteStyle } from './words.ts';

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** "Sat 2026-11-28 00:00": what a clock there shows. */
function showTime(time: string): string {
  const [day = '', clock = ''] = time.split('T');
  return `${dayNames[new Date(`${day}T00:00Z`).getUTCDay()] ?? ''} ${day} ${clock.slice(0, 5)}`;
}

const writeTime = (time: MutedTime): string =>
  `       ${showTime(time.from)} – ${showTime(time.to)}  ${describeMuting(time)}`;

/** One paragraph a receiver, one line for each time in which it is silent. */
export function writeCalendar({ from, to, routes, always, notes }: CalendarAnswer, style: RouteStyle): string {
  const head = `Silent times from ${from} to ${to}:`;
  const paragraphs = routes.map(({ receiver, notifiers, place, muted }) => [
    `  ${showSign(muted.length === 0 ? 'ok' : 'no', style)}${nameReceiver(receiver, notifiers)}  ${showShownPlace(place)}`,
    ...(muted.length === 0 ? ['       not silent in these days'] : muted.map(writeTime)),
  ]);
  const rest = always.length === 0 ? [] : [[`  Never silent on some route: ${always.join(', ')}`]];
  const told = notes.length === 0 ? [] : [notes.map((note) => `  Note  ${note}`)];
  return `${[[head], ...paragraphs, ...rest, ...told].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
