import { listSome } from '../../base/list-some.ts';
import { writeMatcher } from '../promql/read-selector.ts';
import type { PromqlOptions } from '../promql/types.ts';
import { judgeExpression } from '../series/judge-expression.ts';
import type { ExpressionCoverage, MissingSeries, VerdictCounts } from '../series/judge-expression.ts';
import type { Miss, SelectorJudge } from '../series/judge-selector.ts';
import type { RuleText } from './rule-texts.ts';

/** A selector of a rule that no series can have the labels of. */
export interface RuleMiss extends MissingSeries {
  readonly rule: RuleText;
  /** Nothing of the rule's expression can ever give anything. */
  readonly isEmpty: boolean;
}

/** One rule, and what becomes of its selectors; nothing of an expression that is none. */
export interface JudgedRule {
  readonly rule: RuleText;
  readonly coverage: ExpressionCoverage | undefined;
}

export function judgeRuleSeries(
  rules: readonly RuleText[],
  judge: SelectorJudge,
  options: PromqlOptions,
): JudgedRule[] {
  return rules.map((rule) => ({ rule, coverage: judgeExpression(rule.evaluated, judge, options) }));
}

/** The selectors of all rules together, by verdict. */
export function countVerdicts(judged: readonly JudgedRule[]): VerdictCounts {
  const sum = (verdict: keyof VerdictCounts): number =>
    judged.reduce((total, { coverage }) => total + (coverage?.counts[verdict] ?? 0), 0);
  return { possible: sum('possible'), unknown: sum('unknown'), impossible: sum('impossible') };
}

/** All selectors of rules that nothing can fulfil. */
export function listMisses(judged: readonly JudgedRule[]): RuleMiss[] {
  return judged.flatMap(({ rule, coverage }) =>
    (coverage?.missing ?? []).map((miss): RuleMiss => ({ ...miss, rule, isEmpty: coverage?.isEmpty ?? false })),
  );
}

/** Why nothing can be selected, in words. */
export function describeMiss(miss: Miss): string {
  switch (miss.kind) {
    case 'no jobs':
      return 'nothing is scraped';
    case 'dropped':
      return `metric_relabel_configs[${miss.rule}] of job "${miss.job}" drops ${miss.metric}`;
    case 'together':
      return `no target has ${miss.matchers.map(writeMatcher).join(' and ')} at the same time`;
    case 'label':
      return miss.values.length === 0
        ? `no target has the label ${miss.matcher.name}`
        : `${miss.matcher.name} is ${showValues(miss.values)} on what is scraped`;
  }
}

/** How many values of a label are told. */
const toldValues = 3;

const showValues = (values: readonly string[]): string =>
  listSome(
    values.map((value) => JSON.stringify(value)),
    toldValues,
  );

/** What it means for the rule, in words. */
export function describeEffect({ rule, selector, isEmpty }: RuleMiss): string {
  if (selector.isAbsence) return 'absent() of it is always true';
  if (!isEmpty) return 'this part gives nothing';
  return rule.isAlert ? 'the alert can never fire' : 'the rule never records anything';
}
