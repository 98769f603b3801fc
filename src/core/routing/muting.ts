import type { NamedInterval, TimeInterval } from '../alertmanager-config/read-intervals.ts';
import type { Route, RoutingConfig } from '../alertmanager-config/read-routing.ts';
import type { Range } from '../alertmanager-config/time-intervals.ts';
import type { WallTime, Zones } from '../../base/zones.ts';

/** Why a route does not notify at some time; one of the two lists is not empty. */
export interface Muting {
  /** Its active intervals, all of them, when this is a time in none of them. */
  readonly outsideOf: readonly string[];
  /** The mute intervals that it is in. */
  readonly mutedBy: readonly string[];
}

/**
 * Whether a route is silent, as Alertmanager decides it.
 * @param holds whether the time is in the interval of that name.
 */
export function findMuting(
  { activeTimeIntervals, muteTimeIntervals }: Pick<Route, 'activeTimeIntervals' | 'muteTimeIntervals'>,
  holds: (name: string) => boolean,
): Muting | undefined {
  const outsideOf = activeTimeIntervals.some(holds) ? [] : activeTimeIntervals;
  const mutedBy = muteTimeIntervals.filter(holds);
  return outsideOf.length + mutedBy.length === 0 ? undefined : { outsideOf, mutedBy };
}

/** Tells of each interval whether it holds at a time. @param at milliseconds since 1970. */
export const holdsAtTime =
  (intervals: RoutingConfig['intervals'], at: number, zones: Zones) =>
  (name: string): boolean => {
    const interval = intervals.get(name);
    return interval !== undefined && isWithin(interval, at, zones);
  };

/** Whether a time is in any part of an interval. */
export const isWithin = ({ parts }: NamedInterval, at: number, zones: Zones): boolean =>
  parts.some((part) => holdsAt(part, zones.wallTime(at, part.location)));

function holdsAt({ times, weekdays, daysOfMonth, months, years }: TimeInterval, wall: WallTime): boolean {
  return (
    hasRange(times, ({ begin, end }) => begin <= wall.minutes && wall.minutes < end) &&
    hasRange(daysOfMonth, (range) => holdsDay(range, wall)) &&
    hasRange(months, ({ begin, end }) => begin <= wall.month && wall.month <= end) &&
    hasRange(weekdays, (range) => holdsWeekday(range, wall.weekday)) &&
    hasRange(years, ({ begin, end }) => begin <= wall.year && wall.year <= end)
  );
}

const hasRange = (ranges: readonly Range[] | undefined, holds: (range: Range) => boolean): boolean =>
  ranges === undefined || ranges.some(holds);

const holdsWeekday = ({ begin, end }: Range, weekday: number): boolean =>
  begin <= end ? begin <= weekday && weekday <= end : begin <= weekday || weekday <= end;

/** Negative days count from the end of the month; what is beyond it ends with it. */
function holdsDay(range: Range, { year, month, day }: WallTime): boolean {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const count = (one: number): number => (one < 0 ? last + one + 1 : one);
  return count(range.begin) <= day && day <= count(range.end);
}
