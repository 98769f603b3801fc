import { listSome } from '../../../base/list-some.ts';
import { countShards } from '../../render/prometheus/shards.ts';
import { describeSplit, listSplits, waysOut } from '../../rule-series/rule-splits.ts';
import type { SplitRule } from '../../rule-series/rule-splits.ts';
import { makeStep, plural } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Fix, ObjectName, Step } from '../model.ts';
import { showObject } from '../model.ts';
import type { RulesCase } from './opened-rules.ts';

/**
 * Whether shards, each with its own targets, evaluate the rules to what they would be over all of them. A ThanosRuler asks them
 * all.
 */
export function judgeShards(one: RulesCase): Step {
  const { name, view } = one;
  const skip = (why: string): Step =>
    makeStep('shards', 'skipped', { reason: 'ShardsUnknown', object: name, compared: why });
  const opened = one.openRules();
  if (typeof opened === 'string') return skip(opened);
  const { spec, sources, rules } = opened;
  const shards = countShards(spec);
  const compared = `${showObject(view.name)} has ${plural(shards, 'shard')}`;
  if (shards > 1 && sources.others !== undefined) return skip(sources.others);
  const [worst, ...others] = listSplits(opened);
  if (worst === undefined) return makeStep('shards', 'pass', { reason: 'RulesWhole', object: name, compared });
  const more = others.length === 0 ? '' : `; also in ${listSome(others.map(({ rule }) => rule.name))}`;
  return makeStep('shards', 'warn', {
    reason: 'RulesSplit',
    object: name,
    at: worst.rule.field,
    compared: `${worst.rule.name} is evaluated in each of the ${plural(shards, 'shard')} of ${showObject(view.name)}`,
    found: `${describeSplit(worst.split)}${more}`,
    counts: { selected: rules.length - others.length - 1, total: rules.length },
    fixes: listFixes(worst, name),
  });
}

/** Of what is missing no shard knows whether another has it. */
function listFixes({ split }: SplitRule, object: ObjectName): Fix[] {
  const isAbsence = split.kind === 'absence' || split.kind === 'default';
  return [advise(object, waysOut.ruler), ...(isAbsence ? [] : [advise(object, waysOut.together)])];
}
