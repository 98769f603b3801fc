import type { ResourceType } from './meta.ts';
import { alertmanagerStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import { alertmanagerConfiguration } from './alertmanager-configuration.ts';
import { topologySpreadConstraint } from './core/pod.ts';
import { podFields } from './parts/pod.ts';
import { byteSize, goDuration } from './parts/scalars.ts';
import { labelSelector } from './parts/selectors.ts';
import { persistentVolumeClaimRetentionPolicy } from './parts/storage.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { webHTTPConfig, webTLSConfig } from './parts/web.ts';
import { workloadFields } from './parts/workload.ts';
import { flag, int32, list, object, oneOf, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const alertmanagerWebSpec = object({
  getConcurrency: optional(int32, '', { minimum: 0 }),
  httpConfig: optional(webHTTPConfig, ''),
  timeout: optional(int32, '', { minimum: 0 }),
  tlsConfig: optional(webTLSConfig, ''),
});

export type AlertmanagerWebSpec = Static<typeof alertmanagerWebSpec>;

export const alertmanagerConfigMatcherStrategy = object({
  type: optional(oneOf('OnNamespace', 'OnNamespaceExceptForAlertmanagerNamespace', 'None'), '', {
    default: 'OnNamespace',
  }),
});

export type AlertmanagerConfigMatcherStrategy = Static<typeof alertmanagerConfigMatcherStrategy>;

export const clusterTLSConfig = object({
  client: required(safeTLSConfig, ''),
  server: required(webTLSConfig, ''),
});

export type ClusterTLSConfig = Static<typeof clusterTLSConfig>;

export const alertmanagerClusterFields = {
  additionalPeers: optional(list(text), ''),
  clusterAdvertiseAddress: optional(text, ''),
  clusterGossipInterval: optional(goDuration, ''),
  clusterLabel: optional(text, ''),
  clusterPeerTimeout: optional(goDuration, ''),
  clusterPushpullInterval: optional(goDuration, ''),
  clusterTLS: optional(clusterTLSConfig, ''),
  forceEnableClusterMode: optional(flag, ''),
};

export const alertmanagerLimitsSpec = object({
  maxPerSilenceBytes: optional(byteSize, ''),
  maxSilences: optional(int32, '', { minimum: 0 }),
});

export type AlertmanagerLimitsSpec = Static<typeof alertmanagerLimitsSpec>;

export const alertmanagerSpec = object({
  alertmanagerConfigMatcherStrategy: optional(alertmanagerConfigMatcherStrategy, ''),
  alertmanagerConfigNamespaceSelector: optional(labelSelector, ''),
  alertmanagerConfigSelector: optional(labelSelector, ''),
  alertmanagerConfiguration: optional(alertmanagerConfiguration, ''),
  automountServiceAccountToken: optional(flag, ''),
  baseImage: optional(text, ''),
  configMaps: optional(list(text), ''),
  configSecret: optional(text, ''),
  enableFeatures: optional(list(text), ''),
  externalUrl: optional(text, ''),
  hostNetwork: optional(flag, ''),
  limits: optional(alertmanagerLimitsSpec, ''),
  persistentVolumeClaimRetentionPolicy: optional(persistentVolumeClaimRetentionPolicy, ''),
  retention: optional(goDuration, '', { default: '120h' }),
  secrets: optional(list(text), ''),
  sha: optional(text, ''),
  tag: optional(text, ''),
  topologySpreadConstraints: optional(list(topologySpreadConstraint), ''),
  web: optional(alertmanagerWebSpec, ''),
  ...podFields,
  ...workloadFields,
  ...alertmanagerClusterFields,
});

export type AlertmanagerSpec = Static<typeof alertmanagerSpec>;

export const alertmanagerType: ResourceType = {
  group: monitoringGroup,
  version: 'v1',
  plural: 'alertmanagers',
  kind: 'Alertmanager',
  namespaced: true,
};

export const alertmanager = resource(alertmanagerSpec, alertmanagerStatus);

export type Alertmanager = Static<typeof alertmanager>;
