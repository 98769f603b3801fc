import { configResourceStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import type { ResourceType } from './meta.ts';
import { basicAuth, oauth2, safeAuthorization } from './parts/http-client.ts';
import { proxyFields } from './parts/proxy.ts';
import { secretKeySelector } from './parts/references.ts';
import { relabelConfig } from './parts/relabel.ts';
import { duration, scheme } from './parts/scalars.ts';
import { scrapeSettings } from './parts/scrape-settings.ts';
import { labelSelector, namespaceSelector } from './parts/selectors.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { flag, list, listMap, nonEmpty, object, optional, required, text, textMap } from './schema.ts';
import type { Static } from './schema.ts';

export const probeParam = object({
  name: required(nonEmpty, ''),
  values: optional(list(nonEmpty), '', { minItems: 1 }),
});

export type ProbeParam = Static<typeof probeParam>;

export const proberSpec = object({
  path: optional(text, '', { default: '/probe' }),
  scheme: optional(scheme, ''),
  url: required(nonEmpty, ''),
  ...proxyFields,
});

export type ProberSpec = Static<typeof proberSpec>;

export const probeTargetIngress = object({
  namespaceSelector: optional(namespaceSelector, ''),
  relabelingConfigs: optional(list(relabelConfig), ''),
  selector: optional(labelSelector, ''),
});

export type ProbeTargetIngress = Static<typeof probeTargetIngress>;

export const probeTargetStaticConfig = object({
  labels: optional(textMap, ''),
  relabelingConfigs: optional(list(relabelConfig), ''),
  static: optional(list(text), ''),
});

export type ProbeTargetStaticConfig = Static<typeof probeTargetStaticConfig>;

export const probeTargets = object({
  ingress: optional(probeTargetIngress, ''),
  staticConfig: optional(probeTargetStaticConfig, ''),
});

export type ProbeTargets = Static<typeof probeTargets>;

export const probeSpec = object({
  authorization: optional(safeAuthorization, ''),
  basicAuth: optional(basicAuth, ''),
  bearerTokenSecret: optional(secretKeySelector, ''),
  enableHttp2: optional(flag, ''),
  followRedirects: optional(flag, ''),
  interval: optional(duration, ''),
  jobName: optional(text, ''),
  metricRelabelings: optional(list(relabelConfig), ''),
  module: optional(text, ''),
  oauth2: optional(oauth2, ''),
  params: optional(listMap(probeParam, ['name']), '', { minItems: 1 }),
  prober: optional(proberSpec, ''),
  scrapeTimeout: optional(duration, ''),
  targets: optional(probeTargets, ''),
  tlsConfig: optional(safeTLSConfig, ''),
  ...scrapeSettings,
});

export type ProbeSpec = Static<typeof probeSpec>;

export const probeType: ResourceType = {
  group: monitoringGroup,
  version: 'v1',
  plural: 'probes',
  kind: 'Probe',
  namespaced: true,
};

export const probe = resource(probeSpec, configResourceStatus);

export type Probe = Static<typeof probe>;
