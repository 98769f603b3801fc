import { list, object, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { duration } from './scalars.ts';
import { labelSelector } from './selectors.ts';

export const prometheusRuleExcludeConfig = object({
  ruleName: required(text, 'Name of the PrometheusRule.'),
  ruleNamespace: required(text, 'Namespace of the PrometheusRule.'),
});

export type PrometheusRuleExcludeConfig = Static<typeof prometheusRuleExcludeConfig>;

/** Which rules Prometheus and ThanosRuler load. */
export const ruleSelectionFields = {
  ruleSelector: optional(labelSelector, 'Labels of the PrometheusRule objects to load. Null selects none, {} all.'),
  ruleNamespaceSelector: optional(
    labelSelector,
    "Labels of the namespaces in which PrometheusRule objects are looked for. Null is the object's own namespace, {} all.",
  ),
  ruleQueryOffset: optional(duration, 'How far back in time rules are evaluated by default.', {
    since: 'Prometheus 2.53.0 or Thanos 0.38.0',
  }),
  prometheusRulesExcludedFromEnforce: optional(
    list(prometheusRuleExcludeConfig),
    'PrometheusRule objects to which the enforced namespace label is not added.',
    { deprecated: 'use excludedFromEnforcement' },
  ),
};
