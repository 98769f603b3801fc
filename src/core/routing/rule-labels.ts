import type { Rule, RuleGroup } from '../../api/prometheus-rule.ts';
import { parseAndCheck } from '../promql/check-promql.ts';
import { describeOutput } from '../promql/output-labels.ts';
import type { OutputLabels, SettleLabels } from '../promql/output-labels.ts';
import type { PromqlOptions } from '../promql/types.ts';
import type { KnownLabels } from './known-labels.ts';

/** An alerting rule, and what its evaluation adds. */
export interface EvaluatedRule {
  readonly group: Pick<RuleGroup, 'labels'>;
  readonly rule: Rule;
  /** The label with the namespace of the rule, where it is enforced. */
  readonly enforced: readonly [name: string, value: string] | undefined;
  readonly options: PromqlOptions;
}

/**
 * What is known of the labels of an alert before it fires: those that its rule gives it, and those that its expression must
 * leave in its results. What a template makes is not known.
 * @param settle what is known of the series that the expression selects.
 */
export function describeRuleLabels(
  { group, rule, enforced, options }: EvaluatedRule,
  settle?: SettleLabels,
): KnownLabels {
  const output = readOutput(String(rule.expr), options, settle);
  const values = new Map(output.fixed);
  const written = { ...group.labels, ...rule.labels };
  for (const [name, value] of Object.entries(written)) {
    if (isTemplate(value)) values.delete(name);
    else values.set(name, value);
  }
  if (enforced !== undefined) values.set(...enforced);
  values.set('alertname', rule.alert ?? '');
  return { values, names: output.names && new Set([...output.names, ...Object.keys(written), ...values.keys()]) };
}

/** Whether the value of a label is made when the alert fires. */
const isTemplate = (value: string): boolean => value.includes('{{');

const anything: OutputLabels = { names: undefined, fixed: new Map() };

function readOutput(text: string, options: PromqlOptions, settle: SettleLabels | undefined): OutputLabels {
  const { expression: node, errors } = parseAndCheck(text, options);
  return node === undefined || errors.length > 0 ? anything : describeOutput({ text, node }, settle);
}
