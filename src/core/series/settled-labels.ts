import type { Selector } from '../promql/read-selector.ts';
import { isRecorded, readConditions } from './judge-selector.ts';
import type { SeriesSources } from './judge-selector.ts';

/**
 * Of some labels the value that all series have which a selector can select: that of their targets, where it is the same on
 * all and nothing can take its place. None where there may be other series.
 * @param names of the labels that are asked for.
 */
export function* settleLabels(
  selector: Pick<Selector, 'matchers'>,
  sources: SeriesSources,
  names: Iterable<string>,
): Generator<readonly [name: string, value: string]> {
  const conditions = readConditions(selector);
  const { metric, labels } = conditions;
  if (sources.others !== undefined || isRecorded(conditions, sources)) return;
  const found = sources.jobs.filter((job) => metric === undefined || job.findDrop(metric) === undefined);
  const jobs = found.map((job) => ({ job, shapes: job.listLikely(labels) })).filter(({ shapes }) => shapes.length > 0);
  for (const name of names) {
    if (!jobs.every(({ job }) => job.isSettled(name))) continue;
    const ranges = jobs.flatMap(({ shapes }) => shapes.map((shape) => shape.rangeOf(name)));
    const values = new Set(ranges.flatMap((range) => (range === undefined ? [undefined] : [...range])));
    const [only] = values;
    if (values.size === 1 && only !== undefined && only !== '') yield [name, only];
  }
}
