import { basicAuth, oauth2, safeAuthorization } from './parts/http-client.ts';
import { proxyFields } from './parts/proxy.ts';
import { secretKeySelector } from './parts/references.ts';
import { relabelConfig } from './parts/relabel.ts';
import { duration, scheme } from './parts/scalars.ts';
import { scrapeSettings } from './parts/scrape-settings.ts';
import { labelSelector, namespaceSelector } from './parts/selectors.ts';
import { configResourceStatus } from './parts/status.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { defineType, resource } from './resource.ts';
import { flag, list, listMap, nonEmpty, object, optional, required, text, textMap } from './schema.ts';
import type { Static } from './schema.ts';

export const probeParam = object({
  name: required(nonEmpty, 'Name of the parameter.'),
  values: optional(list(nonEmpty), 'Its values.', { minItems: 1 }),
});

export type ProbeParam = Static<typeof probeParam>;

export const proberSpec = object({
  path: optional(text, 'Path of the prober that is asked.', { default: '/probe' }),
  scheme: optional(scheme, 'Protocol to reach the prober with. http by default.'),
  url: required(nonEmpty, 'Host and port of the prober, such as a blackbox exporter.'),
  ...proxyFields,
});

export type ProberSpec = Static<typeof proberSpec>;

export const probeTargetIngress = object({
  namespaceSelector: optional(
    namespaceSelector,
    "Namespaces in which Ingress objects are looked for. Only the probe's own namespace when not set.",
  ),
  relabelingConfigs: optional(
    list(relabelConfig),
    "Relabelling of the targets, before they become the prober's parameter.",
  ),
  selector: optional(labelSelector, 'Labels the Ingress objects must have.'),
});

export type ProbeTargetIngress = Static<typeof probeTargetIngress>;

export const probeTargetStaticConfig = object({
  labels: optional(textMap, 'Labels to add to the series of all targets.'),
  relabelingConfigs: optional(
    list(relabelConfig),
    "Relabelling of the targets, before they become the prober's parameter.",
  ),
  static: optional(list(text), 'What to probe: addresses or URLs, as the module of the prober wants them.'),
});

export type ProbeTargetStaticConfig = Static<typeof probeTargetStaticConfig>;

export const probeTargets = object({
  ingress: optional(probeTargetIngress, 'Probes the hosts and paths of Ingress objects. staticConfig wins over it.'),
  staticConfig: optional(probeTargetStaticConfig, 'Probes a fixed list of targets. Wins over ingress.'),
});

export type ProbeTargets = Static<typeof probeTargets>;

export const probeSpec = object({
  authorization: optional(
    safeAuthorization,
    'Authorization header to send to the prober. At most one of authorization, basicAuth and oauth2 may be set.',
  ),
  basicAuth: optional(
    basicAuth,
    'User name and password to send to the prober. At most one of authorization, basicAuth and oauth2 may be set.',
  ),
  bearerTokenSecret: optional(secretKeySelector, 'Key of the Secret that holds a bearer token for the prober.', {
    deprecated: 'use authorization',
  }),
  enableHttp2: optional(flag, 'Whether HTTP/2 may be used to reach the prober.', { since: 'Prometheus 2.35.0' }),
  followRedirects: optional(flag, 'Whether redirects of the prober are followed. True by default.', {
    since: 'Prometheus 2.26.0',
  }),
  interval: optional(duration, 'Time between two probes. scrapeInterval of the Prometheus by default.'),
  jobName: optional(text, 'Value of the job label. By default the probe\'s "namespace/name" with a prefix.'),
  metricRelabelings: optional(
    list(relabelConfig),
    'Relabelling of scraped samples before they are stored; it may drop series.',
  ),
  module: optional(text, 'Module of the prober to use, sent as the parameter "module".'),
  oauth2: optional(
    oauth2,
    'Fetches tokens with OAuth 2.0 client credentials and sends them to the prober. At most one of authorization, basicAuth and oauth2 may be set.',
    { since: 'Prometheus 2.27.0' },
  ),
  params: optional(
    listMap(probeParam, ['name']),
    'More parameters for the prober. "module" is taken from the field of that name when that is set.',
    { minItems: 1 },
  ),
  prober: optional(proberSpec, 'The prober and how to reach it.'),
  scrapeTimeout: optional(
    duration,
    'How long a probe may take; at most the interval. scrapeTimeout of the Prometheus by default.',
  ),
  targets: optional(probeTargets, 'What to probe.'),
  tlsConfig: optional(safeTLSConfig, 'TLS settings to reach the prober with.'),
  ...scrapeSettings,
});

export type ProbeSpec = Static<typeof probeSpec>;

export const probeType = defineType('v1', 'Probe', 'probes');

export const probe = resource(probeSpec, configResourceStatus);

export type Probe = Static<typeof probe>;
