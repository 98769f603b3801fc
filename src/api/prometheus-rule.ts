import { duration } from './parts/scalars.ts';
import { configResourceStatus } from './parts/status.ts';
import { defineType, resource } from './resource.ts';
import { intOrString, integer, list, listMap, nonEmpty, object, optional, required, text, textMap } from './schema.ts';
import type { Static } from './schema.ts';

export const rule = object({
  alert: optional(text, 'Name of the alert. Set either this or record.'),
  annotations: optional(textMap, 'Texts to send with the alert; they may be templates. Not for recording rules.'),
  expr: required(
    intOrString,
    'PromQL expression: each series of its result becomes an alert, or a sample of the recorded series.',
  ),
  for: optional(
    duration,
    'How long the expression must hold before the alert fires. At once by default. Not for recording rules.',
  ),
  keep_firing_for: optional(
    duration,
    'How long the alert keeps firing after the expression no longer holds. Not for recording rules.',
    { since: 'Prometheus 2.42.0 or Thanos 0.34.0', minLength: 1 },
  ),
  labels: optional(textMap, 'Labels to add to or replace in the result; for alerts they may be templates.'),
  record: optional(text, 'Name of the series the result is stored as. Set either this or alert.'),
});

export type Rule = Static<typeof rule>;

export const ruleGroup = object({
  interval: optional(duration, 'Time between two evaluations. evaluationInterval of the workload by default.'),
  labels: optional(textMap, 'Labels to add to the results of all rules of the group; those of a rule win.', {
    since: 'Prometheus 3.0.0 or Thanos 0.39.0',
  }),
  limit: optional(integer, 'Most alerts or series a rule may give; more fail the rule. 0 is no limit.', {
    since: 'Prometheus 2.31.0 or Thanos 0.24.0',
  }),
  name: required(nonEmpty, 'Name of the group, unique in this object.'),
  partial_response_strategy: optional(
    text,
    'What Thanos does when a store does not answer: abort fails the rule, warn goes on. Not for Prometheus.',
    { pattern: '^(?i)(abort|warn)?$' },
  ),
  query_offset: optional(duration, 'How far back in time the rules are evaluated, to wait for late samples.', {
    since: 'Prometheus 2.53.0 or Thanos 0.38.0',
  }),
  rules: optional(list(rule), 'Rules of the group, evaluated one after the other.'),
});

export type RuleGroup = Static<typeof ruleGroup>;

export const prometheusRuleSpec = object({
  groups: optional(
    listMap(ruleGroup, ['name']),
    'Groups of rules. Groups are evaluated at the same time, the rules in them in order.',
  ),
});

export type PrometheusRuleSpec = Static<typeof prometheusRuleSpec>;

export const prometheusRuleType = defineType('v1', 'PrometheusRule', 'prometheusrules');

export const prometheusRule = resource(prometheusRuleSpec, configResourceStatus);

export type PrometheusRule = Static<typeof prometheusRule>;
