import { labelSelector } from './selectors.ts';
import { persistentVolumeClaimRetentionPolicy } from './storage.ts';
import { atomicList, int32, list, object, oneOf, optional, required, text, textMap } from '../schema.ts';
import type { CelRule, Static } from '../schema.ts';

export const shardingTopology = object({
  externalLabelName: optional(text, ''),
  values: optional(atomicList(text), ''),
});

export type ShardingTopology = Static<typeof shardingTopology>;

export const shardingStrategy = object(
  {
    mode: optional(oneOf('Address', 'Topology'), ''),
    topology: optional(shardingTopology, ''),
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
  additionalLabelSelectors: optional(oneOf('OnResource', 'OnShard'), ''),
  labelSelector: optional(labelSelector, ''),
  matchLabelKeys: optional(atomicList(text), ''),
  maxSkew: required(int32, ''),
  minDomains: optional(int32, ''),
  nodeAffinityPolicy: optional(text, ''),
  nodeTaintsPolicy: optional(text, ''),
  topologyKey: required(text, ''),
  whenUnsatisfiable: required(text, ''),
});

export type TopologySpreadConstraint = Static<typeof topologySpreadConstraint>;

export const shardFields = {
  externalLabels: optional(textMap, ''),
  prometheusExternalLabelName: optional(text, ''),
  replicaExternalLabelName: optional(text, ''),
  shardingStrategy: optional(shardingStrategy, ''),
  shards: optional(int32, '', { default: 1 }),
  topologySpreadConstraints: optional(list(topologySpreadConstraint), ''),
  persistentVolumeClaimRetentionPolicy: optional(persistentVolumeClaimRetentionPolicy, ''),
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
