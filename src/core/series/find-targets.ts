import { listSelectors } from '../promql/emptiness.ts';
import { parsePromql } from '../promql/syntax.ts';
import type { FindTargets } from './find-split.ts';
import { isRecorded, readConditions } from './judge-selector.ts';
import type { SeriesSources } from './judge-selector.ts';
import type { TargetShape } from './target-shapes.ts';

type Found = ReadonlyMap<TargetShape, string>;

/** Where it is not known which: each shard has some of them. */
const some: TargetShape = {
  ...{ isThere: true, isMany: true },
  rangeOf: () => undefined,
  findPlacement: () => ({ isEverywhere: false, key: undefined, isByInstance: true }),
};

/**
 * Finds the targets whose series selectors most likely select. Those of a metric that rules record are those that the rules look
 * at.
 */
export function createTargetFinder(sources: SeriesSources): FindTargets {
  const recorded = new Map<string, Found>();

  const findRecorded = (metric: string): Found => {
    const known = recorded.get(metric);
    if (known !== undefined) return known;
    // A rule that looks at itself adds nothing.
    recorded.set(metric, new Map());
    const texts = sources.recorded.get(metric);
    const found = texts === undefined ? new Map([[some, '']]) : new Map(texts.flatMap(findInText));
    recorded.set(metric, found);
    return found;
  };

  const findInText = (text: string): (readonly [TargetShape, string])[] => {
    const syntax = parsePromql(text);
    if (!('expression' in syntax)) return [];
    return listSelectors({ text, node: syntax.expression }).flatMap((one) => [...find(one)]);
  };

  const find: FindTargets = (selector) => {
    const conditions = readConditions(selector);
    const { metric, labels } = conditions;
    if (isRecorded(conditions, sources)) return findRecorded(metric ?? '');
    const jobs = sources.jobs.filter((job) => metric === undefined || job.findDrop(metric) === undefined);
    return new Map(jobs.flatMap((job) => job.listLikely(labels).map((shape) => [shape, job.name] as const)));
  };
  return find;
}
