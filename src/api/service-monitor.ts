import { endpointFields } from './parts/endpoint.ts';
import { serviceDiscoveryRole } from './parts/scalars.ts';
import { scrapeSettings } from './parts/scrape-settings.ts';
import { monitorSelection } from './parts/selectors.ts';
import { configResourceStatus } from './parts/status.ts';
import { tlsConfig } from './parts/tls.ts';
import { defineType, resource } from './resource.ts';
import { list, object, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const endpoint = object({
  bearerTokenFile: optional(
    text,
    'Path in the Prometheus container of a file with a bearer token. Forbidden where the Prometheus denies access to its file system.',
    { deprecated: 'use authorization' },
  ),
  tlsConfig: optional(
    tlsConfig,
    'TLS settings of the scrape. The path fields are forbidden where the Prometheus denies access to its file system.',
  ),
  ...endpointFields,
});

export type Endpoint = Static<typeof endpoint>;

export const serviceMonitorSpec = object({
  endpoints: required(list(endpoint), 'What to scrape of each selected Service.'),
  serviceDiscoveryRole: optional(
    serviceDiscoveryRole,
    'Whether targets come from Endpoints or EndpointSlice objects. By default as the Prometheus says.',
  ),
  targetLabels: optional(list(text), 'Labels of the Service that are copied to its series.'),
  ...scrapeSettings,
  ...monitorSelection,
});

export type ServiceMonitorSpec = Static<typeof serviceMonitorSpec>;

export const serviceMonitorType = defineType('v1', 'ServiceMonitor', 'servicemonitors');

export const serviceMonitor = resource(serviceMonitorSpec, configResourceStatus);

export type ServiceMonitor = Static<typeof serviceMonitor>;
