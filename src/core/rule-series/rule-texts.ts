import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { PrometheusSpec } from '../../api/prometheus.ts';
import { enforceLabel } from '../promql/enforce.ts';
import type { PromqlOptions } from '../promql/types.ts';
import { enforcedLabelOf, readEnforcement } from '../render/rules/rule-context.ts';

/** One rule of an object. */
export interface RuleText {
  /** "alert X" or "record y". */
  readonly name: string;
  readonly isAlert: boolean;
  /** Of the expression. */
  readonly field: string;
  /** As the user wrote it. */
  readonly written: string;
  /** As it is evaluated: with the label that is enforced. */
  readonly evaluated: string;
}

/** The rules of an object as a Prometheus evaluates them, in their order. */
export function listRuleTexts(object: PrometheusRule, spec: PrometheusSpec, options: PromqlOptions): RuleText[] {
  return [...eachRuleText(object, spec, options)];
}

/** As `listRuleTexts`, made one by one. */
export function* eachRuleText(
  object: PrometheusRule,
  spec: PrometheusSpec,
  options: PromqlOptions,
): Generator<RuleText, void> {
  const label = enforcedLabelOf(object, { enforcement: readEnforcement(spec) });
  const value = object.metadata.namespace ?? '';
  for (const [at, group] of (object.spec.groups ?? []).entries())
    for (const [index, { alert, record, expr }] of (group.rules ?? []).entries()) {
      const written = String(expr);
      const enforced = label === undefined ? undefined : enforceLabel(written, { name: label, value }, options);
      yield {
        name: alert === undefined ? `record ${record ?? ''}` : `alert ${alert}`,
        isAlert: alert !== undefined,
        field: `spec.groups[${at}].rules[${index}].expr`,
        written,
        evaluated: enforced !== undefined && 'text' in enforced ? enforced.text : written,
      };
    }
}
