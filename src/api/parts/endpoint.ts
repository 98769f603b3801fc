import { flag, intOrString, list, mapOf, optional, text } from '../schema.ts';
import { basicAuth, oauth2, safeAuthorization } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { secretKeySelector } from './references.ts';
import { relabelConfig } from './relabel.ts';
import { duration, scheme } from './scalars.ts';

/** What endpoints of ServiceMonitor and PodMonitor have in common. */
export const endpointFields = {
  basicAuth: optional(
    basicAuth,
    'User name and password to send. At most one of authorization, basicAuth and oauth2 may be set.',
  ),
  bearerTokenSecret: optional(secretKeySelector, 'Key of the Secret that holds a bearer token.', {
    deprecated: 'use authorization',
  }),
  authorization: optional(
    safeAuthorization,
    'Authorization header to send. At most one of authorization, basicAuth and oauth2 may be set.',
    { since: 'Prometheus 2.26.0' },
  ),
  enableHttp2: optional(flag, 'Whether HTTP/2 may be used for scrapes. True by default.', {
    since: 'Prometheus 2.35.0',
  }),
  filterRunning: optional(flag, 'Drops pods in the phases Failed and Succeeded. True by default.'),
  followRedirects: optional(flag, 'Whether redirects are followed. True by default.', { since: 'Prometheus 2.26.0' }),
  honorLabels: optional(
    flag,
    'When scraped labels clash with those of the target, keeps the scraped ones instead of renaming them to exported_. Forced to false by overrideHonorLabels of the Prometheus.',
  ),
  honorTimestamps: optional(
    flag,
    'Whether timestamps in the scraped data are used. True by default; forced to false by overrideHonorTimestamps of the Prometheus.',
  ),
  interval: optional(duration, 'Time between two scrapes. scrapeInterval of the Prometheus by default.'),
  metricRelabelings: optional(
    list(relabelConfig),
    'Relabelling of scraped samples before they are stored; it may drop series.',
  ),
  oauth2: optional(
    oauth2,
    'Fetches tokens with OAuth 2.0 client credentials and sends them. At most one of authorization, basicAuth and oauth2 may be set.',
    { since: 'Prometheus 2.27.0' },
  ),
  params: optional(mapOf(list(text)), 'Parameters of the scraped URL.'),
  path: optional(text, 'Path that is scraped. "/metrics" by default.'),
  port: optional(text, 'Name of the port to scrape. Wins over targetPort.'),
  relabelings: optional(
    list(relabelConfig),
    'Relabelling of targets before they are scraped, after the labels the operator sets. It may change the address or drop targets.',
  ),
  scheme: optional(scheme, 'Protocol of the scrape. http by default.'),
  scrapeTimeout: optional(
    duration,
    'How long a scrape may take; at most the interval. scrapeTimeout of the Prometheus by default.',
  ),
  targetPort: optional(intOrString, 'Name or number of a port of the container, which must be declared in the pod.'),
  trackTimestampsStaleness: optional(
    flag,
    'Marks series as stale when they vanish even if their samples carry timestamps.',
    { since: 'Prometheus 2.48.0' },
  ),
  ...proxyFields,
};
