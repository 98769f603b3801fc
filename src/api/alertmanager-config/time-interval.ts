import { integer, object, optional, refine, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';

const clock = refine(text, {
  hint: 'a time of day from "00:00" to "24:00"',
  pattern: '^((([01][0-9])|(2[0-3])):[0-5][0-9])$|(^24:00$)',
});

const timeRange = object({
  endTime: optional(clock, 'End of the range, not in it.'),
  startTime: optional(clock, 'Start of the range.'),
});

const dayOfMonthRange = object({
  end: optional(integer, 'Last day of the range; negative days count from the end of the month.', {
    minimum: -31,
    maximum: 31,
  }),
  start: optional(integer, 'First day of the range; negative days count from the end of the month.', {
    minimum: -31,
    maximum: 31,
  }),
});

const month = 'january|february|march|april|may|june|july|august|september|october|november|december|1[0-2]|[1-9]';
const day = 'sun|mon|tues|wednes|thurs|fri|satur';

const monthRange = refine(text, {
  hint: 'a month such as "may" or "5", or a range such as "may:august"',
  pattern: `^((?i)${month})(?:((:((?i)${month}))$)|$)`,
});

const weekdayRange = refine(text, {
  hint: 'a day such as "monday", or a range such as "monday:friday"',
  pattern: `^((?i)${day})day(?:((:(${day})day)$)|$)`,
});

const yearRange = refine(text, {
  hint: 'a year such as "2030", or a range such as "2030:2032"',
  pattern: '^2\\d{3}(?::2\\d{3}|$)',
});

/** A part of time: all that is set must hold. Times are in UTC. */
export const timeInterval = <S>({ list }: Dialect<S>) =>
  object({
    daysOfMonth: optional(list(dayOfMonthRange), 'Ranges of days of the month.'),
    months: optional(list(monthRange), 'Months or ranges of months.'),
    times: optional(list(timeRange), 'Ranges of times of day.'),
    weekdays: optional(list(weekdayRange), 'Days of the week or ranges of them.'),
    years: optional(list(yearRange), 'Years or ranges of years.'),
  });
