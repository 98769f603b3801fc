import { commonPrometheusFields } from './parts/prometheus-fields.ts';
import { topologyRule } from './parts/prometheus-shards.ts';
import { prometheusStatus } from './parts/status.ts';
import { defineType, resource } from './resource.ts';
import { object, oneOf, optional } from './schema.ts';
import type { CelRule, Static } from './schema.ts';

/** What makes no sense when every node runs one pod. */
const daemonSetRules = [
  'replicas',
  'storage',
  'persistentVolumeClaimRetentionPolicy',
  'scrapeConfigSelector',
  'scrapeConfigNamespaceSelector',
  'probeSelector',
  'probeNamespaceSelector',
  'serviceMonitorSelector',
  'serviceMonitorNamespaceSelector',
  'additionalScrapeConfigs',
  'shardingStrategy',
].map((field) => forbidInDaemonSet(field, `has(self.${field})`));
daemonSetRules.push(forbidInDaemonSet('shards above 1', 'has(self.shards) && self.shards > 1'));

function forbidInDaemonSet(what: string, isSet: string): CelRule {
  return {
    rule: `!has(self.mode) || self.mode != 'DaemonSet' || !(${isSet})`,
    message: `mode DaemonSet does not go with ${what}: remove one of them`,
  };
}

export const prometheusAgentSpec = object(
  {
    mode: optional(
      oneOf('StatefulSet', 'DaemonSet'),
      'StatefulSet (the default), or DaemonSet: one agent a node that scrapes the pods of its node with PodMonitor objects. The latter needs the feature gate PrometheusAgentDaemonSet.',
    ),
    ...commonPrometheusFields,
  },
  { 'x-kubernetes-validations': [...daemonSetRules, topologyRule] },
);

export type PrometheusAgentSpec = Static<typeof prometheusAgentSpec>;

export const prometheusAgentType = defineType('v1alpha1', 'PrometheusAgent', 'prometheusagents');

export const prometheusAgent = resource(prometheusAgentSpec, prometheusStatus);

export type PrometheusAgent = Static<typeof prometheusAgent>;
