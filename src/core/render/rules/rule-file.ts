import { createHash } from 'node:crypto';
import type { PrometheusRule, PrometheusRuleSpec, Rule, RuleGroup } from '../../../api/prometheus-rule.ts';
import type { Interruptible } from '../../../base/interruptible.ts';
import { enforceLabel } from '../../promql/enforce.ts';
import type { EnforcedLabel } from '../../promql/enforce.ts';
import { enforcedLabelOf } from './rule-context.ts';
import type { RuleContext } from './rule-context.ts';
import { writeRuleFile } from './rule-yaml.ts';
import { dropUnsupported } from './supported-fields.ts';
import type { UnsupportedField } from './supported-fields.ts';

/** One PrometheusRule as Prometheus reads it. */
export interface RuleFile {
  /** Key inside a ConfigMap. The uid keeps "a-b/c" and "a/b-c" apart. */
  readonly name: string;
  readonly text: string;
  /** Bytes of `text`. */
  readonly size: number;
  /** Of `text`. */
  readonly digest: string;
}

/** A PrometheusRule made fit for its reader; expressions are still as the user wrote them. */
export interface PreparedRules {
  readonly spec: PrometheusRuleSpec;
  readonly dropped: readonly UnsupportedField[];
  /** What every selector is to be restricted to. */
  readonly enforced: EnforcedLabel | undefined;
}

/** Leaves out what the reader's version does not know, and sets the enforced label on every rule. */
export function prepareRules(object: PrometheusRule, context: RuleContext): PreparedRules {
  const dropped: UnsupportedField[] = [];
  const spec = dropUnsupported(object.spec, context, dropped);
  const name = enforcedLabelOf(object, context);
  if (name === undefined) return { spec, dropped, enforced: undefined };
  const enforced = { name, value: object.metadata.namespace ?? '' };
  const label = (rule: Rule): Rule => ({ ...rule, labels: { ...rule.labels, [name]: enforced.value } });
  return { spec: mapRules(spec, label), dropped, enforced };
}

function mapRules(spec: PrometheusRuleSpec, change: (rule: Rule) => Rule): PrometheusRuleSpec {
  return {
    groups: (spec.groups ?? []).map((group) =>
      group.rules === undefined ? group : { ...group, rules: group.rules.map(change) },
    ),
  };
}

/**
 * The rule file of an object that was checked. It may rest behind each rule.
 * @throws {SyntaxError} when an expression cannot be restricted, which the check would have said.
 */
export function* renderRuleFile(
  object: PrometheusRule,
  { enforced, spec }: PreparedRules,
  context: RuleContext,
): Interruptible<RuleFile> {
  const text = yield* writeRuleFile(enforced === undefined ? spec : yield* restrictRules(spec, enforced, context));
  const { namespace = '', name = '', uid = '' } = object.metadata;
  return {
    name: `${namespace}-${name}-${uid}.yaml`,
    text,
    size: Buffer.byteLength(text),
    digest: createHash('sha256').update(text).digest('base64'),
  };
}

function* restrictRules(
  { groups = [] }: PrometheusRuleSpec,
  label: EnforcedLabel,
  context: RuleContext,
): Interruptible<PrometheusRuleSpec> {
  const restricted: RuleGroup[] = [];
  for (const group of groups) {
    const rules: Rule[] = [];
    for (const rule of group.rules ?? []) {
      rules.push({ ...rule, expr: restrictExpression(rule, label, context) });
      yield;
    }
    restricted.push(group.rules === undefined ? group : { ...group, rules });
  }
  return { groups: restricted };
}

function restrictExpression({ expr }: Rule, label: EnforcedLabel, { promql }: RuleContext): string {
  const enforced = enforceLabel(String(expr), label, promql);
  if ('text' in enforced) return enforced.text;
  throw new SyntaxError(`Cannot restrict expression to ${label.name}: ${enforced.errors[0]?.message ?? ''}`);
}
