import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL, portNumber } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const puppetDBSDConfig = object({
  includeParameters: optional(flag, ''),
  port: optional(portNumber, ''),
  query: required(nonEmpty, ''),
  refreshInterval: optional(duration, ''),
  url: required(httpsURL, ''),
  ...httpClientFields,
});

export type PuppetDBSDConfig = Static<typeof puppetDBSDConfig>;
