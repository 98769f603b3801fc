import { duration } from './scalars.ts';
import { labelSelector } from './selectors.ts';
import { list, object, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const prometheusRuleExcludeConfig = object({
  ruleName: required(text, ''),
  ruleNamespace: required(text, ''),
});

export type PrometheusRuleExcludeConfig = Static<typeof prometheusRuleExcludeConfig>;

export const ruleSelectionFields = {
  ruleSelector: optional(labelSelector, ''),
  ruleNamespaceSelector: optional(labelSelector, ''),
  ruleQueryOffset: optional(duration, ''),
  prometheusRulesExcludedFromEnforce: optional(list(prometheusRuleExcludeConfig), ''),
};
