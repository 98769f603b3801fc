import { atomicList, int32, list, object, oneOf, optional, required, text, textMap } from '../schema.ts';
import type { CelRule, Static } from '../schema.ts';
import { labelSelector } from './selectors.ts';
import { persistentVolumeClaimRetentionPolicy } from './storage.ts';

export const shardingTopology = object({
  externalLabelName: optional(
    text,
    'External label that carries the topology value. "zone" by default; an empty name leaves it out.',
  ),
  values: optional(atomicList(text), 'Values of the topology, such as zones; shards are spread over them in turn.'),
});

export type ShardingTopology = Static<typeof shardingTopology>;

export const shardingStrategy = object(
  {
    mode: optional(
      oneOf('Address', 'Topology'),
      'Address (the default) spreads targets by the hash of their address. Topology first keeps targets in the zone of the shard.',
    ),
    topology: optional(shardingTopology, 'Details of the mode Topology.'),
  },
  {
    'x-kubernetes-validations': [
      {
        rule: "has(self.mode) && self.mode == 'Topology' || !has(self.topology)",
        message: 'topology needs mode Topology: set it or remove topology',
      },
    ],
  },
);

export type ShardingStrategy = Static<typeof shardingStrategy>;

export const topologySpreadConstraint = object({
  additionalLabelSelectors: optional(
    oneOf('OnResource', 'OnShard'),
    "Adds labels to the selector: OnResource those of all pods of this object, OnShard those of the pod's shard.",
  ),
  labelSelector: optional(labelSelector, 'Pods that are counted.'),
  matchLabelKeys: optional(atomicList(text), 'Labels of the pod whose values are added to the selector.'),
  maxSkew: required(int32, 'Most difference between domains in the number of pods.'),
  minDomains: optional(int32, 'Least number of domains.'),
  nodeAffinityPolicy: optional(text, "Whether nodes that the pod's affinity excludes are counted: Honor or Ignore."),
  nodeTaintsPolicy: optional(text, 'Whether nodes with taints the pod does not tolerate are counted: Honor or Ignore.'),
  topologyKey: required(text, 'Label of nodes whose values are the domains.'),
  whenUnsatisfiable: required(text, 'DoNotSchedule or ScheduleAnyway, when the skew cannot be kept.'),
});

export type TopologySpreadConstraint = Static<typeof topologySpreadConstraint>;

/** Shards, where they run and how they call themselves. */
export const shardFields = {
  externalLabels: optional(
    textMap,
    'Labels to add to all series and alerts that leave Prometheus. Those the operator sets itself win.',
  ),
  prometheusExternalLabelName: optional(
    text,
    'External label with "namespace/name" of this object. "prometheus" by default; an empty name leaves it out.',
  ),
  replicaExternalLabelName: optional(
    text,
    'External label with the name of the pod. "prometheus_replica" by default; an empty name leaves it out.',
  ),
  shardingStrategy: optional(shardingStrategy, 'How targets are spread over the shards.'),
  shards: optional(
    int32,
    'Number of StatefulSets among which the targets are shared out; each has all replicas. Data are not moved when the number changes.',
    { default: 1 },
  ),
  topologySpreadConstraints: optional(list(topologySpreadConstraint), 'How the pods are spread over nodes and zones.'),
  persistentVolumeClaimRetentionPolicy: optional(
    persistentVolumeClaimRetentionPolicy,
    'What happens to claims when the StatefulSet is deleted or scaled down. Needs Kubernetes 1.27.',
  ),
};

const topology = 'self.shardingStrategy.topology';

/** On the spec: every value of the topology needs a shard of its own. */
export const topologyRule: CelRule = {
  rule: [
    '!has(self.shardingStrategy)',
    "!has(self.shardingStrategy.mode) || self.shardingStrategy.mode != 'Topology'",
    `!has(${topology}) || !has(${topology}.values) || size(${topology}.values) == 0`,
    `size(${topology}.values) <= (has(self.shards) ? self.shards : 1)`,
  ].join(' || '),
  message: 'shards must be at least the number of values in shardingStrategy.topology.values',
};
