/** Whether figures that were taken over a long time stay where they are. */

export type Sample = Readonly<Record<string, number>>;

/** How much a figure may be higher at the end than at the beginning: the larger of the two. */
export interface Allowance {
  readonly absolute: number;
  /** 0.1: a tenth. */
  readonly relative: number;
}

export interface Trend {
  readonly name: string;
  /** Median of the first third of the samples that count. */
  readonly early: number;
  /** Median of the last third. */
  readonly late: number;
  readonly highest: number;
  readonly grows: boolean;
}

/** The first part of a run is for warming up: caches fill, code is compiled. */
const warmUp = 0.2;

/** One trend for each figure that has an allowance. @param samples in the order of time, at least ten. */
export function judgeTrends(
  samples: readonly Sample[],
  allowances: Readonly<Record<string, Allowance>>,
): readonly Trend[] {
  if (samples.length < 10) throw new RangeError(`Cannot judge a trend by ${samples.length} samples: take 10 or more`);
  const warm = samples.slice(Math.floor(samples.length * warmUp));
  const third = Math.floor(warm.length / 3);
  return Object.entries(allowances).map(([name, { absolute, relative }]) => {
    const values = warm.map((sample) => sample[name] ?? 0);
    const early = median(values.slice(0, third));
    const late = median(values.slice(-third));
    const grows = late - early > Math.max(absolute, early * relative);
    return { name, early, late, highest: Math.max(...values), grows };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A table for people. */
export function describeTrends(trends: readonly Trend[]): string {
  const format = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2)).padStart(12);
  const lines = trends.map(
    ({ name, early, late, highest, grows }) =>
      `${name.padEnd(36)}${format(early)}${format(late)}${format(highest)}  ${grows ? 'GROWS' : 'flat'}`,
  );
  return [
    `${'figure'.padEnd(36)}${['early', 'late', 'highest'].map((head) => head.padStart(12)).join('')}`,
    ...lines,
  ].join('\n');
}
