import { prometheusStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import type { ResourceType } from './meta.ts';
import { resourceRequirements, volumeMount } from './core/container.ts';
import { sigv4 } from './parts/cloud-auth.ts';
import { basicAuth, safeAuthorization } from './parts/http-client.ts';
import { topologyRule } from './parts/prometheus-shards.ts';
import { commonPrometheusFields } from './parts/prometheus-fields.ts';
import { proxyFields } from './parts/proxy.ts';
import { ruleSelectionFields } from './parts/rule-selection.ts';
import { secretKeySelector } from './parts/references.ts';
import { relabelConfig } from './parts/relabel.ts';
import { remoteReadSpec } from './parts/remote-read.ts';
import { byteSize, duration, scheme } from './parts/scalars.ts';
import { grpcServerTLSConfig, tlsConfig } from './parts/tls.ts';
import { argument } from './parts/workload.ts';
import { flag, int32, int64, intOrString, list, nonEmpty, object, oneOf, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const alertmanagerEndpoints = object({
  alertRelabelings: optional(list(relabelConfig), ''),
  apiVersion: optional(oneOf('v1', 'V1', 'v2', 'V2'), ''),
  authorization: optional(safeAuthorization, ''),
  basicAuth: optional(basicAuth, ''),
  bearerTokenFile: optional(text, ''),
  enableHttp2: optional(flag, ''),
  name: required(nonEmpty, ''),
  namespace: optional(nonEmpty, ''),
  pathPrefix: optional(nonEmpty, ''),
  port: required(intOrString, ''),
  relabelings: optional(list(relabelConfig), ''),
  scheme: optional(scheme, ''),
  sigv4: optional(sigv4, ''),
  timeout: optional(duration, ''),
  tlsConfig: optional(tlsConfig, ''),
  ...proxyFields,
});

export type AlertmanagerEndpoints = Static<typeof alertmanagerEndpoints>;

export const alertingSpec = object({
  alertmanagers: required(list(alertmanagerEndpoints), ''),
});

export type AlertingSpec = Static<typeof alertingSpec>;

export const exemplars = object({
  maxSize: optional(int64, ''),
});

export type Exemplars = Static<typeof exemplars>;

export const querySpec = object({
  lookbackDelta: optional(text, ''),
  maxConcurrency: optional(int32, '', { minimum: 1 }),
  maxSamples: optional(int32, ''),
  timeout: optional(duration, ''),
});

export type QuerySpec = Static<typeof querySpec>;

export const rulesAlert = object({
  forGracePeriod: optional(text, ''),
  forOutageTolerance: optional(text, ''),
  resendDelay: optional(text, ''),
});

export type RulesAlert = Static<typeof rulesAlert>;

export const rules = object({
  alert: optional(rulesAlert, ''),
});

export type Rules = Static<typeof rules>;

export const retainConfig = object({
  retentionPeriod: required(duration, ''),
});

export type RetainConfig = Static<typeof retainConfig>;

export const shardRetentionPolicy = object({
  retain: optional(retainConfig, ''),
  whenScaled: optional(oneOf('Retain', 'Delete'), ''),
});

export type ShardRetentionPolicy = Static<typeof shardRetentionPolicy>;

export const thanosSpec = object({
  additionalArgs: optional(list(argument), ''),
  baseImage: optional(text, ''),
  blockSize: optional(duration, '', { default: '2h' }),
  getConfigInterval: optional(duration, ''),
  getConfigTimeout: optional(duration, ''),
  grpcListenLocal: optional(flag, ''),
  grpcServerTlsConfig: optional(grpcServerTLSConfig, ''),
  httpListenLocal: optional(flag, ''),
  image: optional(text, ''),
  listenLocal: optional(flag, ''),
  logFormat: optional(oneOf('', 'logfmt', 'json'), ''),
  logLevel: optional(oneOf('', 'debug', 'info', 'warn', 'error'), ''),
  minTime: optional(text, ''),
  objectStorageConfig: optional(secretKeySelector, ''),
  objectStorageConfigFile: optional(text, ''),
  readyTimeout: optional(duration, ''),
  resources: optional(resourceRequirements, ''),
  sha: optional(text, ''),
  tag: optional(text, ''),
  tracingConfig: optional(secretKeySelector, ''),
  tracingConfigFile: optional(text, ''),
  version: optional(text, ''),
  volumeMounts: optional(list(volumeMount), ''),
});

export type ThanosSpec = Static<typeof thanosSpec>;

export const prometheusSpec = object(
  {
    additionalAlertManagerConfigs: optional(secretKeySelector, ''),
    additionalAlertRelabelConfigs: optional(secretKeySelector, ''),
    alerting: optional(alertingSpec, ''),
    allowOverlappingBlocks: optional(flag, ''),
    baseImage: optional(text, ''),
    disableCompaction: optional(flag, ''),
    enableAdminAPI: optional(flag, ''),
    evaluationInterval: optional(duration, '', { default: '30s' }),
    exemplars: optional(exemplars, ''),
    query: optional(querySpec, ''),
    queryLogFile: optional(text, ''),
    remoteRead: optional(list(remoteReadSpec), ''),
    retention: optional(duration, ''),
    retentionSize: optional(byteSize, ''),
    rules: optional(rules, ''),
    sha: optional(text, ''),
    shardRetentionPolicy: optional(shardRetentionPolicy, ''),
    tag: optional(text, ''),
    thanos: optional(thanosSpec, ''),
    ...ruleSelectionFields,
    ...commonPrometheusFields,
  },
  { 'x-kubernetes-validations': [topologyRule] },
);

export type PrometheusSpec = Static<typeof prometheusSpec>;

export const prometheusType: ResourceType = {
  group: monitoringGroup,
  version: 'v1',
  plural: 'prometheuses',
  kind: 'Prometheus',
  namespaced: true,
};

export const prometheus = resource(prometheusSpec, prometheusStatus);

export type Prometheus = Static<typeof prometheus>;
