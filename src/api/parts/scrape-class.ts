import { flag, list, nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';
import { authorization } from './http-client.ts';
import { relabelConfig } from './relabel.ts';
import { scrapeProtocol } from './scalars.ts';
import { attachMetadata } from './selectors.ts';
import { tlsConfig } from './tls.ts';

export const scrapeClass = object({
  attachMetadata: optional(
    attachMetadata,
    'More metadata to add to discovered targets before relabelling, where the monitor does not say.',
  ),
  authorization: optional(authorization, 'Authorization header for monitors that set no authentication of their own.'),
  default: optional(flag, 'Makes this the class of all monitors that name none. At most one class may be the default.'),
  fallbackScrapeProtocol: optional(
    scrapeProtocol,
    'Protocol to assume when a response has no Content-Type or an unknown one, where the monitor does not say.',
    { since: 'Prometheus 3.0.0' },
  ),
  metricRelabelings: optional(list(relabelConfig), 'Relabelling of scraped samples, after that of the monitor.'),
  name: required(nonEmpty, 'Name by which monitors choose the class.'),
  relabelings: optional(list(relabelConfig), 'Relabelling of targets, before that of the monitor.'),
  tlsConfig: optional(tlsConfig, 'TLS settings for what the monitor leaves open.'),
});

export type ScrapeClass = Static<typeof scrapeClass>;
