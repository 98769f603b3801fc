import { authorization } from './http-client.ts';
import { relabelConfig } from './relabel.ts';
import { scrapeProtocol } from './scalars.ts';
import { attachMetadata } from './selectors.ts';
import { tlsConfig } from './tls.ts';
import { flag, list, nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const scrapeClass = object({
  attachMetadata: optional(attachMetadata, ''),
  authorization: optional(authorization, ''),
  default: optional(flag, ''),
  fallbackScrapeProtocol: optional(scrapeProtocol, ''),
  metricRelabelings: optional(list(relabelConfig), ''),
  name: required(nonEmpty, ''),
  relabelings: optional(list(relabelConfig), ''),
  tlsConfig: optional(tlsConfig, ''),
});

export type ScrapeClass = Static<typeof scrapeClass>;
