import type { AlertCase } from '../alert-way.ts';
import { makeStep } from '../case.ts';
import { advise, removeField } from '../fixes.ts';
import type { Fix, Step } from '../model.ts';
import { showObject } from '../model.ts';

/** Whether the alert gets through the rules that change alerts before they are sent (docs/reference/rendering.md 1.7). */
export function judgeAlertRelabelling(one: AlertCase): Step {
  const { view, way } = one;
  const sending = way.sending();
  const { droppedBy, perhapsDroppedBy, place } = way.relabelled();
  const object = view.name;
  const rules = 'problem' in sending ? [] : (place?.rules ?? sending.rules);
  const rule = rules[droppedBy ?? perhapsDroppedBy ?? -1];
  if (rule === undefined) {
    const unknown = 'problem' in sending ? undefined : sending.unknownRules;
    const compared = 'external labels are added, rules of alert relabelling run';
    if (unknown === undefined) return makeStep('relabelled', 'pass', { reason: 'AlertKept', object, compared });
    return makeStep('relabelled', 'unknown', { reason: 'AlertPerhapsDropped', object, compared, found: unknown });
  }
  const { action, sourceLabels, regex } = rule.rule;
  const compared = `a rule of ${showObject(object)} says ${action} where ${sourceLabels.join(', ')} is ${JSON.stringify(regex)}`;
  const at = place === undefined ? findField(one) : `${place.field}.alertRelabelings`;
  const shared = { object, at, compared };
  if (droppedBy === undefined)
    return makeStep('relabelled', 'warn', {
      reason: 'AlertPerhapsDropped',
      ...shared,
      found: `what ${sourceLabels.join(', ')} will be is not known`,
    });
  const labels = sourceLabels.map(
    (name) => `${name}=${JSON.stringify(way.relabelled().labels.values.get(name) ?? '')}`,
  );
  return makeStep('relabelled', 'fail', {
    reason: 'AlertDropped',
    ...shared,
    found: `the alert has ${labels.join(' ')}`,
    fixes: proposeRemoval(one, droppedBy),
  });
}

function findField({ workloadKind }: AlertCase): string {
  return workloadKind.type.kind === 'Prometheus' ? 'spec.additionalAlertRelabelConfigs' : 'spec.alertRelabelConfigs';
}

/** Rules in a Secret can be corrected only there. */
function proposeRemoval({ view, way }: AlertCase, rule: number): Fix[] {
  const { place } = way.relabelled();
  if (place?.field.startsWith('spec.alerting.') === true)
    return [removeField(view.name, `${place.field}.alertRelabelings[${rule}]`)];
  return [
    advise(view.name, 'correct the rule in the Secret that it comes from, or the label in the rule of the alert'),
  ];
}
