import type { AlertmanagerConfigSpec } from '../../../api/alertmanager-config.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import { reject } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';

type MuteInterval = NonNullable<AlertmanagerConfigSpec['muteTimeIntervals']>[number];
type Interval = NonNullable<MuteInterval['timeIntervals']>[number];

const reason = 'InvalidTimeInterval';

/** @param field path of the list. */
export function* checkMuteIntervals(intervals: readonly MuteInterval[], field: string): Findings {
  for (const [at, { name, timeIntervals = [] }] of intervals.entries()) {
    const path = `${field}[${at}]`;
    if (unlessBlank(name) === undefined)
      yield reject({ field: `${path}.name`, reason }, 'Cannot use a time interval without a name');
    for (const [index, interval] of timeIntervals.entries())
      yield* checkInterval(interval, `${path}.timeIntervals[${index}]`);
  }
}

function* checkInterval(interval: Interval, field: string): Findings {
  yield* checkTimes(interval.times ?? [], `${field}.times`);
  yield* checkDays(interval.daysOfMonth ?? [], `${field}.daysOfMonth`);
  yield* checkRanges(interval.weekdays ?? [], `${field}.weekdays`, readWeekday);
  yield* checkRanges(interval.months ?? [], `${field}.months`, readMonth);
  yield* checkRanges(interval.years ?? [], `${field}.years`, readYear);
}

function* checkTimes(times: NonNullable<Interval['times']>, field: string): Findings {
  for (const [at, { startTime = '', endTime = '' }] of times.entries()) {
    const [start, end] = [readTime(startTime), readTime(endTime)];
    const path = `${field}[${at}]`;
    if (start === undefined) yield reject({ field: `${path}.startTime`, reason }, describe('a time of day', startTime));
    if (end === undefined) yield reject({ field: `${path}.endTime`, reason }, describe('a time of day', endTime));
    if (start !== undefined && end !== undefined && start >= end)
      yield reject({ field: path, reason }, `Cannot use times "${startTime}" to "${endTime}": the end comes first`);
  }
}

const describe = (what: string, text: string): string => `Cannot use "${text}" as ${what}`;

/** Minutes since midnight. */
function readTime(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(text) ?? [];
  const value = Number(hours) * 60 + Number(minutes);
  return value <= 24 * 60 ? value : undefined;
}

function* checkDays(days: NonNullable<Interval['daysOfMonth']>, field: string): Findings {
  for (const [at, { start = 0, end = 0 }] of days.entries()) {
    const path = `${field}[${at}]`;
    const isDay = (day: number): boolean => day !== 0 && Math.abs(day) <= 31;
    for (const [name, day] of [['start', start] as const, ['end', end] as const])
      if (!isDay(day)) yield reject({ field: `${path}.${name}`, reason }, describe('a day of the month', String(day)));
    if (!isDay(start) || !isDay(end)) continue;
    if (isBackwards(start, end))
      yield reject({ field: path, reason }, `Cannot use days ${start} to ${end}: the end comes first`);
  }
}

/** Negative days count from the end of the month; in some month the range must not be empty. */
function isBackwards(start: number, end: number): boolean {
  if (start < 0) return end > 0 || start > end;
  return end > 0 ? start > end : start > 32 + end;
}

function* checkRanges(texts: readonly string[], field: string, read: (text: string) => number | undefined): Findings {
  for (const [at, text] of texts.entries()) {
    const ends = text.split(':').map((part) => read(part.toLowerCase()));
    const [start, end = start] = ends;
    if (ends.length > 2 || start === undefined || end === undefined)
      yield reject({ field: `${field}[${at}]`, reason }, describe('a range', text));
    else if (start > end)
      yield reject({ field: `${field}[${at}]`, reason }, `Cannot use range "${text}": the end comes first`);
  }
}

const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const months = 'january february march april may june july august september october november december'.split(' ');

const readWeekday = (text: string): number | undefined => positionIn(weekdays, text);

function readMonth(text: string): number | undefined {
  const number = Number(text);
  return /^\d{1,2}$/.test(text) && number >= 1 && number <= 12 ? number - 1 : positionIn(months, text);
}

const readYear = (text: string): number | undefined => (/^\d{4}$/.test(text) ? Number(text) : undefined);

function positionIn(names: readonly string[], name: string): number | undefined {
  const at = names.indexOf(name);
  return at < 0 ? undefined : at;
}
