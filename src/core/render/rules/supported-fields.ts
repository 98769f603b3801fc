import type { PrometheusRuleSpec, Rule, RuleGroup } from '../../../api/prometheus-rule.ts';
import type { RuleContext, RuleFormat } from './rule-context.ts';

/** A field that is left out because the version that will read it does not know it. */
export interface UnsupportedField {
  readonly field: string;
  readonly message: string;
}

/** Since which version a field is read (docs/reference/rendering.md 3.8). */
const groupFields: Readonly<Record<string, Readonly<Record<RuleFormat, string>>>> = {
  limit: { prometheus: '2.31.0', thanos: '0.24.0' },
  query_offset: { prometheus: '2.53.0', thanos: '0.38.0' },
  labels: { prometheus: '3.0.0', thanos: '0.39.0' },
};

const ruleFields: Readonly<Record<string, Readonly<Record<RuleFormat, string>>>> = {
  keep_firing_for: { prometheus: '2.42.0', thanos: '0.34.0' },
};

/**
 * The spec without the fields that the reader's version does not know; what was left out is pushed to `dropped`.
 * `partial_response_strategy` is Thanos' alone, and Prometheus is not given it, which is nothing to tell.
 */
export function dropUnsupported(
  spec: PrometheusRuleSpec,
  context: RuleContext,
  dropped: UnsupportedField[],
): PrometheusRuleSpec {
  const groups = (spec.groups ?? []).map((group, index) => {
    const field = `spec.groups[${index}]`;
    const { rules, ...rest } = dropFields<RuleGroup>(group, groupFields, { context, dropped, field });
    if (context.format === 'prometheus') delete rest.partial_response_strategy;
    const kept = (rules ?? []).map((rule, at) =>
      dropFields<Rule>(rule, ruleFields, { context, dropped, field: `${field}.rules[${at}]` }),
    );
    return rules === undefined ? rest : { ...rest, rules: kept };
  });
  return { groups };
}

interface Place {
  readonly context: RuleContext;
  readonly dropped: UnsupportedField[];
  readonly field: string;
}

/** A copy without what the version does not know. */
function dropFields<T extends object>(object: T, since: typeof groupFields, { context, dropped, field }: Place): T {
  const { format, version } = context;
  const entries = Object.entries(object).filter(([key]) => {
    const wanted = since[key]?.[format];
    if (wanted === undefined || version.isAtLeast(wanted)) return true;
    const reader = format === 'prometheus' ? 'Prometheus' : 'Thanos';
    const message = `Left out ${key}: ${reader} "${version.toString()}" does not know it, it needs ${wanted}`;
    dropped.push({ field: `${field}.${key}`, message });
    return false;
  });
  return Object.fromEntries(entries) as T;
}
