import type { RelabelConfig } from '../../../src/api/parts/relabel.ts';
import { Version } from '../../../src/base/version.ts';
import { compileRules } from '../../../src/core/relabel/compile-rules.ts';
import { LabelBuilder } from '../../../src/core/relabel/label-builder.ts';
import { LabelSet } from '../../../src/core/relabel/label-set.ts';
import { LabelBoundError } from '../../../src/core/relabel/label-bound.ts';
import { RegexpCache } from '../../../src/core/relabel/regexp-cache.ts';
import { relabel, traceRelabel } from '../../../src/core/relabel/relabel.ts';
import { relabelActions, relabelDefaults } from '../../../src/core/relabel/rule.ts';
import { newestSemantics } from '../../unit/core/relabel/newest-semantics.ts';
import type { RelabelRule } from '../../../src/core/relabel/rule.ts';
import { explainInvalidRule } from '../../../src/core/relabel/validate.ts';
import { Filler, makeRelabelings } from '../objects.ts';
import { makeSubject } from '../texts/regexps.ts';
import { makeName } from '../texts/scalars.ts';
import type { Checker } from './checker.ts';
import { onObject } from './checker.ts';

const version = Version.parse('3.13.2');

/** As loading a configuration makes one of them. */
function complete({ action, modulus, ...rule }: RelabelConfig): RelabelRule {
  return {
    ...relabelDefaults,
    ...rule,
    action: relabelActions.find((one) => one === action) ?? 'replace',
    modulus: BigInt(Math.max(1, modulus ?? 1)),
  };
}

/** Rules of one monitor, checked, and those that are valid run on the labels of one target. */
export const relabelling: Checker = onObject(
  'relabelling',
  (random, room) => {
    const filler = new Filler(random, room);
    const labels = { a: makeSubject(random, Math.min(room, 4000)), ...filler.map(makeName, makeSubject) };
    return { labels, rules: makeRelabelings(filler) };
  },
  ({ labels, rules }) => {
    const judge = { version, regexps: new RegexpCache() };
    const valid = (rules as RelabelConfig[])
      .filter((rule) => explainInvalidRule(rule, judge) === undefined)
      .map(complete);
    const compiled = compileRules(valid, newestSemantics);
    const set = LabelSet.from(labels);
    try {
      relabel(LabelBuilder.from(set), compiled);
    } catch (error) {
      if (!(error instanceof LabelBoundError)) throw error;
    }
    traceRelabel(set, compiled);
  },
);
