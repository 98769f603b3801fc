import { labelSelector } from './selectors.ts';
import { persistentVolumeClaimRetentionPolicy } from './storage.ts';
import { atomicList, int32, list, object, oneOf, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';

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
      { rule: "!has(self.topology) || (has(self.mode) && self.mode == 'Topology')", message: '' },
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
