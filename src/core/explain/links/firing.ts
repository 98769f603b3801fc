import type { AlertCase } from '../alert-way.ts';
import { makeStep, plural, showProblems, skipUnasked } from '../case.ts';
import type { Step } from '../model.ts';
import { findRules, listAskedRulers, listRulers } from '../rule-replicas.ts';

/** Whether the alert fires now (/api/v1/rules). What does not fire may still be asked about: it is no failure. */
export function judgeFiring(one: AlertCase): Step {
  const { name: object, facts, view, instance, alertRule } = one;
  const at = one.alertRule.asked.field;
  if (!facts.asks.replicas) return skipUnasked('firing', object);
  const asked = listAskedRulers(one);
  if (asked.length === 0)
    return makeStep('firing', 'unknown', {
      reason: 'FiringUnknown',
      object: view.name,
      found: showProblems(listRulers(one)),
    });
  const compared = `alerts of ${alertRule.asked.name} on ${plural(asked.length, 'replica')}`;
  if (instance === undefined) {
    const isEmpty = asked.every((ruler) => findRules(one, ruler).every(({ alerts }) => alerts.length === 0));
    const found = isEmpty ? 'none: its expression gives nothing now' : 'none with these labels';
    return makeStep('firing', 'warn', { reason: 'NotFiring', object, at: `${at}.expr`, compared, found });
  }
  if (instance.state === 'pending')
    return makeStep('firing', 'warn', {
      reason: 'Pending',
      object,
      at: `${at}.for`,
      compared: `it must be so for ${alertRule.rule.for ?? '0s'}`,
      found: `it is so since ${instance.activeAt}`,
    });
  return makeStep('firing', 'pass', { reason: 'Firing', object, at, compared, found: `since ${instance.activeAt}` });
}
