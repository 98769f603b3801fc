import { listSome } from '../../../base/list-some.ts';
import { nearestName } from '../../../api/validation/nearest.ts';
import { writeMatcher } from '../../promql/read-selector.ts';
import {
  countVerdicts,
  describeEffect,
  describeMiss,
  judgeRuleSeries,
  listMisses,
} from '../../rule-series/rule-coverage.ts';
import type { RuleMiss } from '../../rule-series/rule-coverage.ts';
import { createSelectorJudge } from '../../series/judge-selector.ts';
import { makeStep, plural } from '../case.ts';
import { asGuess, setField } from '../fixes.ts';
import type { Fix, Step } from '../model.ts';
import { isOnlyNear } from '../near.ts';
import type { RulesCase } from './opened-rules.ts';
import { judgePresence } from './present-series.ts';

/**
 * Whether the rules have series to work on: the selectors of their expressions against the labels of the targets that the
 * workload scrapes, then whether those that are possible are there. What cannot be known (another's series, targets that are not in the manifests) is no finding.
 */
export function judgeSeries(one: RulesCase): Step {
  const { name } = one;
  const skip = (why: string): Step =>
    makeStep('series', 'skipped', { reason: 'SeriesUnknown', object: name, compared: why });
  const opened = one.openRules();
  if (typeof opened === 'string') return skip(opened);
  const { rules, sources, options } = opened;
  const judged = judgeRuleSeries(rules, createSelectorJudge(sources), options);
  const misses = listMisses(judged);
  const worst = misses.find(({ isEmpty }) => isEmpty) ?? misses[0];
  const total = Object.values(countVerdicts(judged)).reduce((sum, one) => sum + one, 0);
  if (worst !== undefined) return reportMiss(one, worst, { misses, total });
  const present = judgePresence(one, judged);
  if (present?.reason === 'SeriesMissing' || present?.verdict === 'pass') return present;
  const unknown = judged.find(({ coverage }) => coverage?.unknown !== undefined)?.coverage?.unknown;
  if (unknown !== undefined) return skip(unknown);
  const compared = `${plural(total, 'selector')} of its expressions against the labels of what is scraped`;
  const found = present === undefined ? '' : `whether they are there now is not known: ${present.found}`;
  return makeStep('series', 'pass', { reason: 'SeriesPossible', object: name, compared, found });
}

interface RuleMisses {
  readonly misses: readonly RuleMiss[];
  /** How many selectors there are in all rules. */
  readonly total: number;
}

/** Of a rule that is asked about alone it is the answer that it can never give anything. */
function reportMiss({ name, rule: asked }: RulesCase, worst: RuleMiss, { misses, total }: RuleMisses): Step {
  const { rule, selector, miss } = worst;
  const rules = [...new Set(misses.map((one) => one.rule.name))].filter((one) => one !== rule.name);
  const more = rules.length === 0 ? '' : `; also in ${listSome(rules)}`;
  return makeStep('series', asked !== undefined && worst.isEmpty ? 'fail' : 'warn', {
    reason: 'SeriesImpossible',
    object: name,
    at: rule.field,
    compared: `${rule.name} selects ${selector.text}`,
    found: `${describeMiss(miss)}, so ${describeEffect(worst)}${more}`,
    counts: { selected: total - misses.length, total },
    fixes: listFixes(worst, name),
  });
}

/** The value that was probably meant, in the text as it was written. */
function listFixes({ rule, miss }: RuleMiss, object: Parameters<typeof setField>[0]): Fix[] {
  if (miss.kind !== 'label' || miss.matcher.operator !== '=') return [];
  const { matcher } = miss;
  const value = nearestName(matcher.value, miss.values);
  const before = rule.evaluated.slice(matcher.from, matcher.to);
  if (value === undefined || !rule.written.includes(before)) return [];
  const fix = setField(object, rule.field, rule.written.replaceAll(before, writeMatcher({ ...matcher, value })));
  return [asGuess(fix, !isOnlyNear(matcher.value, value, miss.values))];
}
