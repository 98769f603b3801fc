import { text } from '../prometheus-config/scalars.ts';
import { readShape, keysOf, listOf, mapping, refuseIf } from '../prometheus-config/shape.ts';
import type { KeyCheck } from '../prometheus-config/shape.ts';
import { describe, hasNone } from './alertmanager-shape.ts';
import { isTimeZone } from './time-zones.ts';

/** Minutes since midnight; 24:00 is the end of the day. */
export function readTime(written: string): number {
  const [, hours, minutes] = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(written) ?? [];
  refuseIf(hours === undefined && written !== '24:00', `couldn't parse timestamp ${written}, invalid format`);
  return hours === undefined ? 24 * 60 : Number(hours) * 60 + Number(minutes);
}

const timesShape = describe('timeinterval.yamlTimeRange', {
  keys: keysOf(text, 'start_time', 'end_time'),
  check(fields) {
    refuseIf(hasNone(fields, 'start_time') || hasNone(fields, 'end_time'), 'both start and end times must be provided');
    refuseIf(
      readTime(fields.text('start_time')) >= readTime(fields.text('end_time')),
      'start time cannot be equal or greater than end time',
    );
  },
});

/** Both ends belong to it. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** One member, or two with a colon between them. */
export function readRange(written: string, readMember: (text: string) => number): Range {
  const members = written.toLowerCase().split(':');
  refuseIf(members.length > 2, `couldn't parse range ${written}, invalid format`);
  const [begin = NaN, end = begin] = members.map(readMember);
  return { begin, end };
}

export function readNumber(written: string): number {
  refuseIf(!/^[-+]?\d+$/.test(written), `strconv.Atoi: parsing "${written}": invalid syntax`);
  const number = Number(written);
  refuseIf(Math.abs(number) >= 2 ** 63, `strconv.Atoi: parsing "${written}": value out of range`);
  return number;
}

const weekdayNames = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const monthNames = 'january february march april may june july august september october november december'.split(' ');

/** From 0, which is Sunday. */
export function readWeekday(written: string): number {
  const at = weekdayNames.indexOf(written);
  refuseIf(at < 0, `${written} is not a valid weekday`);
  return at;
}

/** From 1, which is January. */
export const readMonth = (written: string): number => {
  const at = monthNames.indexOf(written);
  refuseIf(at < 0 && !/^[-+]?\d{1,18}$/.test(written), `${written} is not a valid month`);
  return at < 0 ? Number(written) : at + 1;
};

/** Since 0.35 a range may go beyond the end of the week. */
const weekday: KeyCheck = (value, { version }) => {
  const { begin, end } = readRange(text(value), readWeekday);
  refuseIf(version.isBelow('0.35.0') && begin > end, 'start day cannot be before end day');
};

/** Before 0.35 any number was a month. */
const month: KeyCheck = (value, { version }) => {
  const { begin, end } = readRange(text(value), readMonth);
  const wrong = [begin, end].find((one) => one < 1 || one > 12);
  refuseIf(version.isAtLeast('0.35.0') && wrong !== undefined, `${wrong} is not a valid month: out of range`);
  refuseIf(begin > end, `end month ${end} is before start month ${begin}`);
};

const year: KeyCheck = (value) => {
  const { begin, end } = readRange(text(value), readNumber);
  refuseIf(begin > end, `end year ${end} is before start year ${begin}`);
};

/** Negative days count from the end of the month; the shortest month decides what is always empty. */
const dayOfMonth: KeyCheck = (value) => {
  const { begin, end } = readRange(text(value), readNumber);
  for (const day of [begin, end])
    refuseIf(day === 0 || Math.abs(day) > 31, `${day} is not a valid day of the month: out of range`);
  refuseIf(begin < 0 && end > 0, 'end day must be negative if start day is negative');
  const inShortest = (day: number): number => (day < 0 ? 28 + day : day);
  refuseIf(inShortest(begin) > inShortest(end), `end day ${end} is always before start day ${begin}`);
};

const location: KeyCheck = (value) => {
  const zone = text(value);
  refuseIf(!isTimeZone(zone), `unknown time zone ${zone}`);
};

const intervalShape = describe('timeinterval.TimeInterval', {
  keys: [
    ...keysOf(listOf(mapping(timesShape)), 'times'),
    ...keysOf(listOf(weekday), 'weekdays'),
    ...keysOf(listOf(dayOfMonth), 'days_of_month'),
    ...keysOf(listOf(month), 'months'),
    ...keysOf(listOf(year), 'years'),
    ...keysOf(location, 'location'),
  ],
});

/** An item of `time_intervals` or `mute_time_intervals`. @param what how Alertmanager calls it. */
export function namedInterval(what: string): KeyCheck {
  const shape = describe('config.plain', {
    keys: [...keysOf(text, 'name'), ...keysOf(listOf(mapping(intervalShape)), 'time_intervals')],
    check: (fields) => refuseIf(hasNone(fields, 'name'), `missing name in ${what}`),
  });
  return (value, context) => {
    readShape(value, shape, context);
  };
}
