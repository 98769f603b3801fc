import { endpointFields } from './parts/endpoint.ts';
import { scrapeSettings } from './parts/scrape-settings.ts';
import { monitorSelection } from './parts/selectors.ts';
import { configResourceStatus } from './parts/status.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { defineType, resource } from './resource.ts';
import { int32, list, object, optional } from './schema.ts';
import type { Static } from './schema.ts';

export const podMetricsEndpoint = object({
  portNumber: optional(
    int32,
    'Number of a port of the container, which must be declared in the pod. port wins over it, and it over targetPort.',
    { minimum: 1, maximum: 65535 },
  ),
  tlsConfig: optional(safeTLSConfig, 'TLS settings of the scrape.'),
  ...endpointFields,
});

export type PodMetricsEndpoint = Static<typeof podMetricsEndpoint>;

export const podMonitorSpec = object({
  podMetricsEndpoints: optional(list(podMetricsEndpoint), 'What to scrape of each selected Pod.'),
  ...scrapeSettings,
  ...monitorSelection,
});

export type PodMonitorSpec = Static<typeof podMonitorSpec>;

export const podMonitorType = defineType('v1', 'PodMonitor', 'podmonitors');

export const podMonitor = resource(podMonitorSpec, configResourceStatus);

export type PodMonitor = Static<typeof podMonitor>;
