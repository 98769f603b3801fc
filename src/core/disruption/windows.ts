import type { Zones } from '../../base/zones.ts';

/** A time of the week in which pods may be disrupted. */
interface Window {
  /** From 0, which is Sunday: those on which it begins. */
  readonly weekdays: ReadonlySet<number>;
  /** Minutes since midnight; one that ends before it begins ends on the next day. */
  readonly begin: number;
  readonly end: number;
  readonly zone: string;
}

/** Windows of one workload: times in any of them. */
export type Windows = readonly Window[];

const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const day = 86_400_000;
const minute = 60_000;

/**
 * Reads windows as `Sat,Sun 02:00-05:00 Europe/Berlin; Mon-Fri 22:00-04:00`: days (every day when there are none), the time of
 * day from and to, a zone of the IANA database (UTC when there is none).
 * @returns the windows, or what is wrong with the text.
 */
export function readWindows(text: string): Windows | string {
  const windows: Window[] = [];
  for (const part of text.split(';').map((one) => one.trim())) {
    const window = readWindow(part);
    if (typeof window === 'string') return window;
    windows.push(window);
  }
  return windows;
}

const form = 'want DAYS HH:MM-HH:MM ZONE, such as "Sat,Sun 02:00-05:00 Europe/Berlin"; several are parted by ";"';

function readWindow(text: string): Window | string {
  const parts = /^(?:(\S+)\s+)?(\d\d:\d\d)-(\d\d:\d\d)(?:\s+(\S+))?$/.exec(text);
  if (parts === null) return `cannot read the window "${text}": ${form}`;
  const [, days, from = '', to = '', zone = 'UTC'] = parts;
  const weekdays = days === undefined ? new Set(weekdayNames.keys()) : readDays(days);
  if (weekdays === undefined)
    return `cannot read the days "${days ?? ''}": want Mon to Sun, such as "Mon-Fri" or "Sat,Sun"`;
  const [begin, end] = [readTime(from), readTime(to)];
  if (begin === undefined || end === undefined || begin === end)
    return `cannot read the time "${from}-${to}": want two different times from 00:00 to 24:00`;
  if (!isZone(zone)) return `unknown time zone "${zone}": want a name of the IANA database, such as "Europe/Berlin"`;
  return { weekdays, begin, end, zone };
}

function readTime(text: string): number | undefined {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  const time = hours * 60 + minutes;
  return minutes < 60 && time <= 24 * 60 ? time : undefined;
}

/** "Mon-Fri,Sun", or whole names; undefined when it cannot be read. */
function readDays(text: string): ReadonlySet<number> | undefined {
  const days = new Set<number>();
  for (const range of text.split(',')) {
    const [first = -1, last = first, ...more] = range.split('-').map(readDay);
    if (first < 0 || last < 0 || more.length > 0) return undefined;
    for (let at = first; ; at = (at + 1) % 7) {
      days.add(at);
      if (at === last) break;
    }
  }
  return days;
}

const longNames = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const readDay = (text: string): number => {
  const name = text.toLowerCase();
  return weekdayNames.includes(name) ? weekdayNames.indexOf(name) : longNames.indexOf(name);
};

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Whether a time is in one of the windows. @param at milliseconds since 1970. */
export function isOpen(windows: Windows, at: number, zones: Zones): boolean {
  return windows.some(({ weekdays, begin, end, zone }) => {
    const { weekday, minutes } = zones.wallTime(at, zone);
    const before = (weekday + 6) % 7;
    if (begin < end) return weekdays.has(weekday) && begin <= minutes && minutes < end;
    return (weekdays.has(weekday) && begin <= minutes) || (weekdays.has(before) && minutes < end);
  });
}

/** When the next window opens, in milliseconds since 1970, and the zone that it is written in. */
export function nextOpening(
  windows: Windows,
  now: number,
  zones: Zones,
): { readonly at: number; readonly zone: string } {
  const openings = windows.flatMap(({ weekdays, begin, zone }) => {
    const shown = now + zones.offset(now, zone);
    const midnight = shown - (((shown % day) + day) % day);
    return [...Array(9).keys()].flatMap((days) => {
      const start = midnight + days * day;
      if (!weekdays.has(new Date(start).getUTCDay())) return [];
      const at = zones.instantOf(start + begin * minute, zone);
      return at > now ? [{ at, zone }] : [];
    });
  });
  return openings.reduce((first, one) => (one.at < first.at ? one : first));
}
