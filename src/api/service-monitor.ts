import { configResourceStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import type { ResourceType } from './meta.ts';
import { endpointFields } from './parts/endpoint.ts';
import { serviceDiscoveryRole } from './parts/scalars.ts';
import { scrapeSettings } from './parts/scrape-settings.ts';
import { monitorSelection } from './parts/selectors.ts';
import { tlsConfig } from './parts/tls.ts';
import { list, object, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const endpoint = object({
  bearerTokenFile: optional(text, ''),
  tlsConfig: optional(tlsConfig, ''),
  ...endpointFields,
});

export type Endpoint = Static<typeof endpoint>;

export const serviceMonitorSpec = object({
  endpoints: required(list(endpoint), ''),
  serviceDiscoveryRole: optional(serviceDiscoveryRole, ''),
  targetLabels: optional(list(text), ''),
  ...scrapeSettings,
  ...monitorSelection,
});

export type ServiceMonitorSpec = Static<typeof serviceMonitorSpec>;

export const serviceMonitorType: ResourceType = {
  group: monitoringGroup,
  version: 'v1',
  plural: 'servicemonitors',
  kind: 'ServiceMonitor',
  namespaced: true,
};

export const serviceMonitor = resource(serviceMonitorSpec, configResourceStatus);

export type ServiceMonitor = Static<typeof serviceMonitor>;
