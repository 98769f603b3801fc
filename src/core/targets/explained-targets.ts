import { describeTargets } from './api-targets.ts';
import type { ApiDroppedTarget, ApiTargets, DropReason } from './api-targets.ts';
import { explainDrop, groupByUrl } from './target-rows.ts';
import type { RuleNamer } from './target-rows.ts';
import type { TargetPool } from './target-pool.ts';

/** A URL that several jobs scrape: each of them stores its samples. */
export interface Overlap {
  readonly scrapeUrl: string;
  readonly scrapePools: readonly string[];
}

/** What Prometheus answers, and what it keeps to itself: failed and duplicate targets, rules that dropped, overlaps. */
export interface ExplainedTargets extends Omit<ApiTargets, 'droppedTargets'> {
  readonly droppedTargets: readonly (ApiDroppedTarget & { readonly droppedBy: DropReason })[];
  readonly overlaps: readonly Overlap[];
}

/** As `describeTargets`, with what decided about each target. */
export function explainTargets(
  pools: ReadonlyMap<string, TargetPool>,
  nameRule: RuleNamer = () => undefined,
): ExplainedTargets {
  const described = describeTargets(pools);
  const reasons = [...pools].flatMap(([job, pool]) => explainDrops(job, pool, nameRule));
  return {
    ...described,
    droppedTargets: described.droppedTargets.map((one, index) => ({ ...one, droppedBy: at(reasons, index) })),
    overlaps: [...groupByUrl(pools)]
      .filter(([, jobs]) => jobs.length > 1)
      .map(([scrapeUrl, scrapePools]) => ({ scrapeUrl, scrapePools })),
  };
}

/** For each dropped target that is listed, in the order of `describeTargets`. */
function explainDrops(job: string, pool: TargetPool, nameRule: RuleNamer): DropReason[] {
  const { keepDroppedTargets, relabelRules } = pool.compiled.job;
  const { dropped } = pool.list();
  const listed = keepDroppedTargets === 0 ? dropped : dropped.slice(0, keepDroppedTargets);
  return listed.map((drop) => {
    const from = nameRule(job, drop.rule);
    const reason = { rule: drop.rule, action: relabelRules[drop.rule]?.action ?? '', message: explainDrop(pool, drop) };
    return from === undefined ? reason : { ...reason, from };
  });
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`There is no entry ${index}`);
  return found;
}
