import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const nomadSDConfig = object({
  allowStale: optional(flag, ''),
  namespace: optional(nonEmpty, ''),
  refreshInterval: optional(duration, ''),
  region: optional(nonEmpty, ''),
  server: required(httpsURL, ''),
  tagSeparator: optional(nonEmpty, ''),
  ...httpClientFields,
});

export type NomadSDConfig = Static<typeof nomadSDConfig>;
