import type { RelabelConfig } from '../../api/parts/relabel.ts';
import { explainInvalidRule } from '../relabel/validate.ts';
import type { RelabelRules } from '../relabel/validate.ts';
import type { Findings } from '../findings.ts';

/** Rules between two places to rest: most of them cost less than looking at the time, a new expression up to a millisecond. */
const rulesAtOnce = 10;

/** Each rule of a list (docs/reference/rendering.md 3.7). */
export function* checkRelabelings(
  rules: readonly RelabelConfig[] | undefined,
  field: string,
  judge: RelabelRules,
): Findings {
  for (const [at, rule] of (rules ?? []).entries()) {
    const fault = explainInvalidRule(rule, judge);
    if (fault !== undefined)
      yield { reason: 'InvalidRelabelConfig', field: `${field}[${at}].${fault.field}`, message: fault.message };
    if (at % rulesAtOnce === rulesAtOnce - 1) yield;
  }
}
