import { prometheusStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import type { ResourceType } from './meta.ts';
import { commonPrometheusFields } from './parts/prometheus-fields.ts';
import { object, oneOf, optional } from './schema.ts';
import type { Static } from './schema.ts';

export const prometheusAgentSpec = object(
  {
    mode: optional(oneOf('StatefulSet', 'DaemonSet'), ''),
    ...commonPrometheusFields,
  },
  {
    'x-kubernetes-validations': [
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.replicas))", message: '' },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.storage))", message: '' },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.shards) && self.shards > 1)", message: '' },
      {
        rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.persistentVolumeClaimRetentionPolicy))",
        message: '',
      },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.scrapeConfigSelector))", message: '' },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.probeSelector))", message: '' },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.scrapeConfigNamespaceSelector))", message: '' },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.probeNamespaceSelector))", message: '' },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.serviceMonitorSelector))", message: '' },
      {
        rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.serviceMonitorNamespaceSelector))",
        message: '',
      },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.additionalScrapeConfigs))", message: '' },
      { rule: "!(has(self.mode) && self.mode == 'DaemonSet' && has(self.shardingStrategy))", message: '' },
      {
        rule: "!has(self.shardingStrategy) || !has(self.shardingStrategy.mode) || self.shardingStrategy.mode != 'Topology' || !has(self.shardingStrategy.topology) || !has(self.shardingStrategy.topology.values) || self.shardingStrategy.topology.values.size() == 0 || (has(self.shards) ? self.shards : 1) >= self.shardingStrategy.topology.values.size()",
        message: '',
      },
    ],
  },
);

export type PrometheusAgentSpec = Static<typeof prometheusAgentSpec>;

export const prometheusAgentType: ResourceType = {
  group: monitoringGroup,
  version: 'v1alpha1',
  plural: 'prometheusagents',
  kind: 'PrometheusAgent',
  namespaced: true,
};

export const prometheusAgent = resource(prometheusAgentSpec, prometheusStatus);

export type PrometheusAgent = Static<typeof prometheusAgent>;
