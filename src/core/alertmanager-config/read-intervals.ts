import type { YamlValue } from '../../base/yaml-writer.ts';
import { Fields } from '../prometheus-config/shape.ts';
import { asMapping } from '../prometheus-config/values.ts';
import { textsOf } from './alertmanager-scalars.ts';
import { readMonth, readNumber, readRange, readTime, readWeekday } from './time-intervals.ts';
import type { Range } from './time-intervals.ts';

/** A part of time: all that is there must hold, by any of its ranges. A list without ranges never holds. */
export interface TimeInterval {
  /** Minutes since midnight; the end is not in it. */
  readonly times?: readonly Range[];
  /** From 0, which is Sunday; a range may go beyond the end of the week. */
  readonly weekdays?: readonly Range[];
  /** Negative days count from the end of the month. */
  readonly daysOfMonth?: readonly Range[];
  readonly months?: readonly Range[];
  readonly years?: readonly Range[];
  /** Of the IANA database; "" is UTC, "Local" that of the machine Alertmanager runs on. */
  readonly location: string;
}

/** What routes refer to by its name: any of its parts. */
export interface NamedInterval {
  readonly name: string;
  /** Where it stands: "mute_time_intervals[0]". */
  readonly place: string;
  readonly parts: readonly TimeInterval[];
}

/** The intervals of both lists by their names. @param config that was found right. */
export function readIntervals(config: Fields): ReadonlyMap<string, NamedInterval> {
  const named = ['mute_time_intervals', 'time_intervals'].flatMap((key) =>
    config.list(key).map((one, index): readonly [string, NamedInterval] => {
      const fields = fieldsOf(one);
      const name = fields.text('name');
      const parts = fields.list('time_intervals').map((part) => readInterval(fieldsOf(part)));
      return [name, { name, place: `${key}[${index}]`, parts }];
    }),
  );
  return new Map(named);
}

const fieldsOf = (value: YamlValue): Fields => new Fields(asMapping(value, 'config.TimeInterval'));

function readInterval(fields: Fields): TimeInterval {
  const ranges = (key: string, readMember: (text: string) => number): readonly Range[] | undefined =>
    fields.has(key) ? textsOf(fields.list(key)).map((text) => readRange(text, readMember)) : undefined;
  const times = fields.has('times') ? fields.list('times').map((one) => readTimes(fieldsOf(one))) : undefined;
  const [weekdays, daysOfMonth] = [ranges('weekdays', readWeekday), ranges('days_of_month', readNumber)];
  const [months, years] = [ranges('months', readMonth), ranges('years', readNumber)];
  return {
    ...(times === undefined ? {} : { times }),
    ...(weekdays === undefined ? {} : { weekdays }),
    ...(daysOfMonth === undefined ? {} : { daysOfMonth }),
    ...(months === undefined ? {} : { months }),
    ...(years === undefined ? {} : { years }),
    location: fields.text('location'),
  };
}

const readTimes = (fields: Fields): Range => ({
  begin: readTime(fields.text('start_time')),
  end: readTime(fields.text('end_time')),
});
