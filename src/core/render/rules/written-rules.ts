import type { PrometheusRule, Rule, RuleGroup } from '../../../api/prometheus-rule.ts';
import { isJsonObject } from '../../../base/json.ts';

/** A rule with its place in the object. */
export interface WrittenRule {
  readonly group: RuleGroup;
  readonly rule: Rule;
  /** Such as `spec.groups[0].rules[1]`. */
  readonly field: string;
}

/** The rules of an object that nobody has checked: what no schema would take is left out. */
export function listWrittenRules({ spec }: Pick<PrometheusRule, 'spec'>): WrittenRule[] {
  const { groups } = (isJsonObject(spec) ? spec : {}) as { readonly groups?: unknown };
  return listOf(groups).flatMap((group, at) => {
    if (!isJsonObject(group)) return [];
    const labels = isLabels(group['labels']) ? group['labels'] : {};
    const read = { ...group, name: textOf(group['name']), labels } as unknown as RuleGroup;
    return listOf(group['rules']).flatMap((rule, index): WrittenRule[] =>
      isRule(rule) ? [{ group: read, rule, field: `spec.groups[${at}].rules[${index}]` }] : [],
    );
  });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isLabels = (value: unknown): value is Record<string, string> =>
  isJsonObject(value) && Object.values(value).every((one) => typeof one === 'string');

function isRule(value: unknown): value is Rule & Record<string, unknown> {
  if (!isJsonObject(value)) return false;
  const { alert = '', record = '', expr, labels = {} } = value;
  const isText = typeof alert === 'string' && typeof record === 'string';
  return isText && (typeof expr === 'string' || typeof expr === 'number') && isLabels(labels);
}
