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
  lastTransitionTime: required(timestamp, ''),
  message: optional(text, ''),
  observedGeneration: optional(int64, ''),
  reason: optional(text, ''),
  status: required(nonEmpty, ''),
  type: required(oneOf('Accepted'), '', { minLength: 1 }),
});

export type ConfigResourceCondition = Static<typeof configResourceCondition>;

export const workloadBinding = object({
  conditions: optional(listMap(configResourceCondition, ['type']), ''),
  group: required(oneOf('monitoring.coreos.com'), ''),
  name: required(nonEmpty, ''),
  namespace: required(nonEmpty, ''),
  resource: required(oneOf('prometheuses', 'prometheusagents', 'thanosrulers', 'alertmanagers'), ''),
});

export type WorkloadBinding = Static<typeof workloadBinding>;

export const configResourceStatus = object({
  bindings: optional(listMap(workloadBinding, ['group', 'resource', 'name', 'namespace']), ''),
});

export type ConfigResourceStatus = Static<typeof configResourceStatus>;

export const shardStatus = object({
  availableReplicas: required(int32, ''),
  replicas: required(int32, ''),
  shardID: required(text, ''),
  unavailableReplicas: required(int32, ''),
  updatedReplicas: required(int32, ''),
});

export type ShardStatus = Static<typeof shardStatus>;

export const workloadCondition = object({
  lastTransitionTime: required(timestamp, ''),
  message: optional(text, ''),
  observedGeneration: optional(int64, ''),
  reason: optional(text, ''),
  status: required(nonEmpty, ''),
  type: required(nonEmpty, ''),
});

export type WorkloadCondition = Static<typeof workloadCondition>;

export const prometheusStatus = object({
  availableReplicas: optional(int32, ''),
  conditions: optional(listMap(workloadCondition, ['type']), ''),
  paused: optional(flag, ''),
  replicas: optional(int32, ''),
  selector: optional(text, ''),
  shardStatuses: optional(listMap(shardStatus, ['shardID']), ''),
  shards: optional(int32, ''),
  unavailableReplicas: optional(int32, ''),
  updatedReplicas: optional(int32, ''),
});

export type PrometheusStatus = Static<typeof prometheusStatus>;

export const alertmanagerStatus = object({
  availableReplicas: optional(int32, ''),
  conditions: optional(listMap(workloadCondition, ['type']), ''),
  paused: optional(flag, ''),
  replicas: optional(int32, ''),
  selector: optional(text, ''),
  unavailableReplicas: optional(int32, ''),
  updatedReplicas: optional(int32, ''),
});

export type AlertmanagerStatus = Static<typeof alertmanagerStatus>;

export const thanosRulerStatus = object({
  availableReplicas: optional(int32, ''),
  conditions: optional(listMap(workloadCondition, ['type']), ''),
  paused: optional(flag, ''),
  replicas: optional(int32, ''),
  unavailableReplicas: optional(int32, ''),
  updatedReplicas: optional(int32, ''),
});

export type ThanosRulerStatus = Static<typeof thanosRulerStatus>;
