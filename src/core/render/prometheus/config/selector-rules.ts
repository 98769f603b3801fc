import type { LabelSelector, LabelSelectorRequirement } from '../../../../api/meta.ts';
import { compareBytes } from '../../../../base/order.ts';
import { makeRule, sanitizeLabelName } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';

/** Kinds of objects whose labels become meta labels of targets. */
export type LabelledRole = 'service' | 'pod' | 'ingress';

function ruleOf(requirement: LabelSelectorRequirement, role: LabelledRole, origin: string): RelabelRule {
  const { operator, values = [] } = requirement;
  const label = sanitizeLabelName(requirement.key);
  const value = `__meta_kubernetes_${role}_label_${label}`;
  const present = `__meta_kubernetes_${role}_labelpresent_${label}`;
  const action = operator === 'In' || operator === 'Exists' ? 'keep' : 'drop';
  return operator === 'In' || operator === 'NotIn'
    ? makeRule(origin, { action, source_labels: [value, present], regex: `(${values.join('|')});true` })
    : makeRule(origin, { action, source_labels: [present], regex: 'true' });
}

/** A label selector as relabel rules on the meta labels of discovered objects (docs/reference/rendering.md 2.2). */
export function renderSelectorRules(selector: LabelSelector, role: LabelledRole, origin: string): RelabelRule[] {
  const labels = Object.entries(selector.matchLabels ?? {}).sort(([a], [b]) => compareBytes(a, b));
  const exact = labels.map(([key, value]) =>
    ruleOf({ key, operator: 'In', values: [value] }, role, `${origin}.matchLabels.${key}`),
  );
  const expressions = (selector.matchExpressions ?? []).map((requirement, at) =>
    ruleOf(requirement, role, `${origin}.matchExpressions[${at}]`),
  );
  return [...exact, ...expressions];
}
