import type { ResourceType } from './meta.ts';
import { thanosRulerStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import { topologySpreadConstraint } from './core/pod.ts';
import { podFields } from './parts/pod.ts';
import { objectReference } from './parts/prometheus-enforcement.ts';
import { secretKeySelector } from './parts/references.ts';
import { remoteWriteSpec } from './parts/remote-write.ts';
import { ruleSelectionFields } from './parts/rule-selection.ts';
import { duration } from './parts/scalars.ts';
import { grpcServerTLSConfig } from './parts/tls.ts';
import { webConfigFileFields } from './parts/web.ts';
import { workloadFields } from './parts/workload.ts';
import { int32, list, nonEmpty, object, optional, setOf, text, textMap } from './schema.ts';
import type { Static } from './schema.ts';

export const thanosRulerSpec = object({
  alertDropLabels: optional(list(text), ''),
  alertQueryUrl: optional(text, ''),
  alertRelabelConfigFile: optional(text, ''),
  alertRelabelConfigs: optional(secretKeySelector, ''),
  alertmanagersConfig: optional(secretKeySelector, ''),
  alertmanagersUrl: optional(list(text), ''),
  enableFeatures: optional(setOf(nonEmpty), ''),
  enforcedNamespaceLabel: optional(text, ''),
  evaluationInterval: optional(duration, '', { default: '15s' }),
  excludedFromEnforcement: optional(list(objectReference), ''),
  externalPrefix: optional(text, ''),
  grpcServerTlsConfig: optional(grpcServerTLSConfig, ''),
  labels: optional(textMap, ''),
  objectStorageConfig: optional(secretKeySelector, ''),
  objectStorageConfigFile: optional(text, ''),
  queryConfig: optional(secretKeySelector, ''),
  queryEndpoints: optional(list(text), ''),
  remoteWrite: optional(list(remoteWriteSpec), ''),
  resendDelay: optional(duration, ''),
  retention: optional(duration, '', { default: '24h' }),
  ruleConcurrentEval: optional(int32, '', { minimum: 1 }),
  ruleGracePeriod: optional(duration, ''),
  ruleOutageTolerance: optional(duration, ''),
  topologySpreadConstraints: optional(list(topologySpreadConstraint), ''),
  tracingConfig: optional(secretKeySelector, ''),
  tracingConfigFile: optional(text, ''),
  web: optional(webConfigFileFields, ''),
  ...podFields,
  ...workloadFields,
  ...ruleSelectionFields,
});

export type ThanosRulerSpec = Static<typeof thanosRulerSpec>;

export const thanosRulerType: ResourceType = {
  group: monitoringGroup,
  version: 'v1',
  plural: 'thanosrulers',
  kind: 'ThanosRuler',
  namespaced: true,
};

export const thanosRuler = resource(thanosRulerSpec, thanosRulerStatus);

export type ThanosRuler = Static<typeof thanosRuler>;
