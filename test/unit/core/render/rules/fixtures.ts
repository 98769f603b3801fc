import type { PrometheusRule, Rule, RuleGroup } from '../../../../../src/api/prometheus-rule.ts';
import type { PrometheusSpec } from '../../../../../src/api/prometheus.ts';
import { Version } from '../../../../../src/base/version.ts';
import { describePrometheusRules, describeThanosRules } from '../../../../../src/core/render/rules/rule-context.ts';
import type { RuleContext } from '../../../../../src/core/render/rules/rule-context.ts';

export function makeGroup(changes: Partial<RuleGroup> = {}): RuleGroup {
  return { name: 'group', rules: [{ alert: 'Down', expr: 'up == 0' }], ...changes };
}

export function makeRule(groups: RuleGroup[], name = 'rules', namespace = 'team'): PrometheusRule {
  return { metadata: { name, namespace, uid: `uid-of-${name}` }, spec: { groups } };
}

/** An object with one group of one rule. */
export function makeSingle(rule: Partial<Rule>): PrometheusRule {
  return makeRule([makeGroup({ rules: [{ expr: 'up == 0', ...rule }] })]);
}

export function makeContext(spec: PrometheusSpec = {}, version = '3.13.2'): RuleContext {
  return describePrometheusRules(spec, Version.parse(version));
}

export function makeThanosContext(version: string): RuleContext {
  return describeThanosRules({}, Version.parse(version));
}
