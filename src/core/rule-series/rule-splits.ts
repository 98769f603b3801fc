import type { PrometheusSpec } from '../../api/prometheus.ts';
import { parseAndCheck } from '../promql/check-promql.ts';
import type { PromqlOptions } from '../promql/types.ts';
import { countShards } from '../render/prometheus/shards.ts';
import { findSplit } from '../series/find-split.ts';
import type { Split } from '../series/find-split.ts';
import { createTargetFinder } from '../series/find-targets.ts';
import type { SeriesSources } from '../series/judge-selector.ts';
import type { RuleText } from './rule-texts.ts';

/** A rule that each shard evaluates on its own targets alone, and what of it comes out otherwise than over all of them. */
export interface SplitRule {
  readonly rule: RuleText;
  readonly split: Split;
}

/** What is asked of the rules of one object. */
export interface SplitQuestion {
  readonly rules: readonly RuleText[];
  readonly spec: PrometheusSpec;
  readonly sources: SeriesSources;
  readonly options: PromqlOptions;
}

/** The rules that shards evaluate wrongly; none where there is one shard. What others write no shard splits: it is not judged. */
export function listSplits({ rules, spec, sources, options }: SplitQuestion): SplitRule[] {
  if (countShards(spec) < 2 || sources.others !== undefined) return [];
  const find = createTargetFinder(sources);
  return rules.flatMap((rule): SplitRule[] => {
    const { expression: node, errors } = parseAndCheck(rule.evaluated, options);
    const split = node === undefined || errors.length > 0 ? undefined : findSplit({ text: rule.evaluated, node }, find);
    return split === undefined ? [] : [{ rule, split }];
  });
}

/** What comes out in each shard, in words. */
export function describeSplit({ kind, text, jobs }: Split): string {
  const [job = ''] = jobs.length === 1 ? jobs : [];
  const targets = job === '' ? 'several targets' : `targets of job "${job}"`;
  const sought = job === '' ? 'targets that it looks for' : targets;
  switch (kind) {
    case 'aggregation':
      return `"${text}" puts together series of ${targets}, of which each shard has only its own`;
    case 'join':
      return `"${text}" looks for series of one target beside those of another, which may be in another shard`;
    case 'absence':
      return `"${text}" is true in every shard that has none of the ${sought}`;
    case 'default':
      return `"${text}" fills in for what is missing, in every shard that has none of the ${sought}`;
  }
}

/** How such rules are evaluated on all series. */
export const waysOut = {
  ruler: 'let a ThanosRuler that queries all shards evaluate it in the place of the shards',
  together:
    'keep the targets in one shard: set __tmp_hash to one value for all of them, by relabelings or a scrape class',
} as const;
