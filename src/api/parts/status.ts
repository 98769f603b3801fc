import {
  flag,
  int32,
  int64,
  listMap,
  nonEmpty,
  object,
  oneOf,
  optional,
  required,
  text,
  timestamp,
} from '../schema.ts';
import type { Static } from '../schema.ts';

export const configResourceCondition = object({
  lastTransitionTime: required(timestamp, 'When the status of the condition last changed.'),
  message: optional(text, 'For people: why.'),
  observedGeneration: optional(int64, 'Generation of this object that was judged.'),
  reason: optional(text, 'For machines: why. Empty when accepted.'),
  status: required(nonEmpty, 'True when the workload uses this object, False when it rejects it.'),
  type: required(
    oneOf('Accepted', 'Scraping'),
    'Accepted: whether the object is valid for the workload. Scraping: whether its targets are up (with --observe-replicas).',
    { minLength: 1 },
  ),
});

export type ConfigResourceCondition = Static<typeof configResourceCondition>;

export const workloadBinding = object({
  conditions: optional(listMap(configResourceCondition, ['type']), 'What the workload made of this object.'),
  group: required(oneOf('monitoring.coreos.com'), 'API group of the workload.'),
  name: required(nonEmpty, 'Name of the workload.'),
  namespace: required(nonEmpty, 'Namespace of the workload.'),
  resource: required(
    oneOf('prometheuses', 'prometheusagents', 'thanosrulers', 'alertmanagers'),
    'Resource of the workload, in the plural.',
  ),
});

export type WorkloadBinding = Static<typeof workloadBinding>;

export const configResourceStatus = object({
  bindings: optional(
    listMap(workloadBinding, ['group', 'resource', 'name', 'namespace']),
    'Workloads that select this object. Written only with the feature gate StatusForConfigurationResources.',
  ),
});

export type ConfigResourceStatus = Static<typeof configResourceStatus>;

export const shardStatus = object({
  availableReplicas: required(int32, 'Ready pods of the shard.'),
  replicas: required(int32, 'Pods of the shard.'),
  shardID: required(text, 'Number of the shard, from 0.'),
  unavailableReplicas: required(int32, 'Pods of the shard that are not ready.'),
  updatedReplicas: required(int32, 'Pods of the shard that run the newest template.'),
});

export type ShardStatus = Static<typeof shardStatus>;

export const workloadCondition = object({
  lastTransitionTime: required(timestamp, 'When the status of the condition last changed.'),
  message: optional(text, 'For people: why.'),
  observedGeneration: optional(int64, 'Generation of this object that was judged.'),
  reason: optional(text, 'For machines: why.'),
  status: required(nonEmpty, 'True, False, Unknown, and for Available also Degraded.'),
  type: required(nonEmpty, 'Available: the wanted pods are ready. Reconciled: the last synchronisation succeeded.'),
});

export type WorkloadCondition = Static<typeof workloadCondition>;

export const prometheusStatus = object({
  availableReplicas: optional(int32, 'Ready pods of all shards.'),
  conditions: optional(listMap(workloadCondition, ['type']), 'State of the workload: Available and Reconciled.'),
  paused: optional(flag, 'Whether the operator leaves the object alone.'),
  replicas: optional(int32, 'Pods of all shards.'),
  selector: optional(text, 'Selector of the pods, for the scale subresource.'),
  shardStatuses: optional(listMap(shardStatus, ['shardID']), 'State of each shard.'),
  shards: optional(int32, 'Number of shards, for the scale subresource.'),
  unavailableReplicas: optional(int32, 'Pods of all shards that are not ready.'),
  updatedReplicas: optional(int32, 'Pods of all shards that run the newest template.'),
});

export type PrometheusStatus = Static<typeof prometheusStatus>;

export const alertmanagerStatus = object({
  availableReplicas: optional(int32, 'Ready pods.'),
  conditions: optional(listMap(workloadCondition, ['type']), 'State of the workload: Available and Reconciled.'),
  paused: optional(flag, 'Whether the operator leaves the object alone.'),
  replicas: optional(int32, 'Pods.'),
  selector: optional(text, 'Selector of the pods, for the scale subresource.'),
  unavailableReplicas: optional(int32, 'Pods that are not ready.'),
  updatedReplicas: optional(int32, 'Pods that run the newest template.'),
});

export type AlertmanagerStatus = Static<typeof alertmanagerStatus>;

export const thanosRulerStatus = object({
  availableReplicas: optional(int32, 'Ready pods.'),
  conditions: optional(listMap(workloadCondition, ['type']), 'State of the workload: Available and Reconciled.'),
  paused: optional(flag, 'Whether the operator leaves the object alone.'),
  replicas: optional(int32, 'Pods.'),
  unavailableReplicas: optional(int32, 'Pods that are not ready.'),
  updatedReplicas: optional(int32, 'Pods that run the newest template.'),
});

export type ThanosRulerStatus = Static<typeof thanosRulerStatus>;
