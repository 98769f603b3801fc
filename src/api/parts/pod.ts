import { container, resourceRequirements, volumeMount } from '../core/container.ts';
import { affinity, podSecurityContext, toleration } from '../core/pod.ts';
import { volume } from '../core/volume.ts';
import { localObjectReference } from './references.ts';
import {
  count,
  flag,
  list,
  listMap,
  nonEmpty,
  object,
  oneOf,
  optional,
  required,
  setOf,
  text,
  textMap,
} from '../schema.ts';
import type { Static } from '../schema.ts';

export const podDNSConfigOption = object({
  name: required(nonEmpty, ''),
  value: optional(text, ''),
});

export type PodDNSConfigOption = Static<typeof podDNSConfigOption>;

export const podDNSConfig = object({
  nameservers: optional(setOf(nonEmpty), ''),
  options: optional(listMap(podDNSConfigOption, ['name']), ''),
  searches: optional(setOf(nonEmpty), ''),
});

export type PodDNSConfig = Static<typeof podDNSConfig>;

export const hostAlias = object({
  hostnames: required(list(text), ''),
  ip: required(text, ''),
});

export type HostAlias = Static<typeof hostAlias>;

export const embeddedObjectMetadata = object({
  annotations: optional(textMap, ''),
  labels: optional(textMap, ''),
  name: optional(text, ''),
});

export type EmbeddedObjectMetadata = Static<typeof embeddedObjectMetadata>;

export const podFields = {
  affinity: optional(affinity, ''),
  containers: optional(list(container), ''),
  dnsConfig: optional(podDNSConfig, ''),
  dnsPolicy: optional(oneOf('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'), ''),
  enableServiceLinks: optional(flag, ''),
  hostAliases: optional(listMap(hostAlias, ['ip']), ''),
  hostUsers: optional(flag, ''),
  imagePullPolicy: optional(oneOf('', 'Always', 'Never', 'IfNotPresent'), ''),
  imagePullSecrets: optional(list(localObjectReference), ''),
  initContainers: optional(list(container), ''),
  nodeSelector: optional(textMap, ''),
  podMetadata: optional(embeddedObjectMetadata, ''),
  priorityClassName: optional(text, ''),
  resources: optional(resourceRequirements, ''),
  schedulerName: optional(nonEmpty, ''),
  securityContext: optional(podSecurityContext, ''),
  serviceAccountName: optional(text, ''),
  terminationGracePeriodSeconds: optional(count, ''),
  tolerations: optional(list(toleration), ''),
  volumeMounts: optional(list(volumeMount), ''),
  volumes: optional(list(volume), ''),
};
