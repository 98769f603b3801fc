import { configResourceStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import type { ResourceType } from './meta.ts';
import { duration } from './parts/scalars.ts';
import { intOrString, integer, list, listMap, nonEmpty, object, optional, required, text, textMap } from './schema.ts';
import type { Static } from './schema.ts';

export const rule = object({
  alert: optional(text, ''),
  annotations: optional(textMap, ''),
  expr: required(intOrString, ''),
  for: optional(duration, ''),
  keep_firing_for: optional(duration, '', { minLength: 1 }),
  labels: optional(textMap, ''),
  record: optional(text, ''),
});

export type Rule = Static<typeof rule>;

export const ruleGroup = object({
  interval: optional(duration, ''),
  labels: optional(textMap, ''),
  limit: optional(integer, ''),
  name: required(nonEmpty, ''),
  partial_response_strategy: optional(text, '', { pattern: '^(?i)(abort|warn)?$' }),
  query_offset: optional(duration, ''),
  rules: optional(list(rule), ''),
});

export type RuleGroup = Static<typeof ruleGroup>;

export const prometheusRuleSpec = object({
  groups: optional(listMap(ruleGroup, ['name']), ''),
});

export type PrometheusRuleSpec = Static<typeof prometheusRuleSpec>;

export const prometheusRuleType: ResourceType = {
  group: monitoringGroup,
  version: 'v1',
  plural: 'prometheusrules',
  kind: 'PrometheusRule',
  namespaced: true,
};

export const prometheusRule = resource(prometheusRuleSpec, configResourceStatus);

export type PrometheusRule = Static<typeof prometheusRule>;
