import type { Interruptible } from '../../base/interruptible.ts';
import { parseAndCheck } from '../promql/check-promql.ts';
import { listSelectors } from '../promql/emptiness.ts';
import { readPromqlOptions } from '../promql/types.ts';
import type { VerdictCounts } from '../series/judge-expression.ts';
import { createSelectorJudge } from '../series/judge-selector.ts';
import { eachRuleText } from './rule-texts.ts';
import { openSeriesInTurns } from './series-sources.ts';
import type { ScrapedInput } from './series-sources.ts';

/** How many selectors of the rules that a Prometheus evaluates are possible, impossible and unknown; rests behind each. */
export function* countSelectors(input: ScrapedInput): Interruptible<VerdictCounts> {
  const { spec, rules } = input;
  const options = readPromqlOptions(spec.enableFeatures ?? []);
  const judge = createSelectorJudge(yield* openSeriesInTurns(input));
  const counts = { possible: 0, impossible: 0, unknown: 0 };
  for (const object of rules)
    for (const { evaluated: text } of eachRuleText(object, spec, options)) {
      const { expression: node, errors } = parseAndCheck(text, options);
      yield;
      if (node === undefined || errors.length > 0) continue;
      for (const selector of listSelectors({ text, node })) {
        counts[judge(selector).verdict] += 1;
        yield;
      }
    }
  return counts;
}
