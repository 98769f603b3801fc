import { parseAndCheck } from '../promql/check-promql.ts';
import { canGive, listSelectors } from '../promql/emptiness.ts';
import type { SelectorUse } from '../promql/emptiness.ts';
import type { PromqlOptions } from '../promql/types.ts';
import type { Miss, SelectorJudge, SelectorVerdict } from './judge-selector.ts';

/** A selector that no series can have the labels of. */
export interface MissingSeries {
  readonly selector: SelectorUse;
  readonly miss: Miss;
}

export type VerdictCounts = Readonly<Record<SelectorVerdict['verdict'], number>>;

/** A selector, and what is known of it. */
export interface JudgedSelector {
  readonly selector: SelectorUse;
  readonly verdict: SelectorVerdict;
}

export interface ExpressionCoverage {
  readonly selectors: readonly JudgedSelector[];
  /** How many selectors there are of each verdict. */
  readonly counts: VerdictCounts;
  readonly missing: readonly MissingSeries[];
  /** Of the first selector of which nothing can be said, why. */
  readonly unknown: string | undefined;
  /** The whole expression gives nothing, ever: not only a part of it. */
  readonly isEmpty: boolean;
}

/** Which selectors of an expression can select anything, and whether the whole can give something; undefined for what is no expression. */
export function judgeExpression(
  text: string,
  judge: SelectorJudge,
  options: PromqlOptions,
): ExpressionCoverage | undefined {
  const { expression: node, errors } = parseAndCheck(text, options);
  if (node === undefined || errors.length > 0) return undefined;
  const selectors = listSelectors({ text, node });
  const judged = selectors.map((selector) => ({ selector, verdict: judge(selector) }));
  const missing = judged.flatMap(({ selector, verdict }) =>
    verdict.verdict === 'impossible' ? [{ selector, miss: verdict.miss }] : [],
  );
  const unknown = judged.flatMap(({ verdict }) => (verdict.verdict === 'unknown' ? [verdict.why] : []));
  const isEmpty = missing.length > 0 && !canGive({ text, node }, (one) => judge(one).verdict !== 'impossible');
  const count = (wanted: SelectorVerdict['verdict']): number =>
    judged.filter(({ verdict }) => verdict.verdict === wanted).length;
  const counts = { possible: count('possible'), unknown: count('unknown'), impossible: count('impossible') };
  return { selectors: judged, counts, missing, unknown: unknown[0], isEmpty };
}
