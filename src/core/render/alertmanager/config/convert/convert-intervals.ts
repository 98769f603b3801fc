import type { AlertmanagerConfigSpec } from '../../../../../api/alertmanager-config.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';

type MuteInterval = NonNullable<AlertmanagerConfigSpec['muteTimeIntervals']>[number];
type Interval = NonNullable<MuteInterval['timeIntervals']>[number];

const months = 'january february march april may june july august september october november december'.split(' ');

/** A month as its number, from 1. */
const monthNumber = (text: string): string => {
  const at = months.indexOf(text.toLowerCase());
  return at < 0 ? text : String(at + 1);
};

/** "a:b", or one of them when both are the same; `read` is applied to each end. */
function writeRange(text: string, read: (end: string) => string): string {
  const [start = '', end = start] = text.split(':').map(read);
  return start === end ? start : `${start}:${end}`;
}

/** The day of the month in Go's range: an end that is missing is no day. */
const writeDays = ({ start = 0, end = 0 }: NonNullable<Interval['daysOfMonth']>[number]): string =>
  start === end ? String(start) : `${start}:${end}`;

function convertInterval(interval: Interval): YamlFields {
  return {
    times: interval.times?.map(({ startTime, endTime }) => ({ start_time: startTime, end_time: endTime })),
    weekdays: interval.weekdays?.map((text) => writeRange(text, (day) => day.toLowerCase())),
    days_of_month: interval.daysOfMonth?.map(writeDays),
    months: interval.months?.map((text) => writeRange(text, monthNumber)),
    years: interval.years?.map((text) => writeRange(text, (year) => year)),
  };
}

/**
 * A named interval (docs/reference/rendering.md 5.8). One without parts of time has a name all the same: routes refer to it
 * (9.1, 13: the reference takes the name away, and Alertmanager refuses the configuration).
 */
export function convertMuteInterval({ name, timeIntervals = [] }: MuteInterval, prefix: string): YamlFields {
  return { name: prefix + name, time_intervals: timeIntervals.map(convertInterval) };
}
