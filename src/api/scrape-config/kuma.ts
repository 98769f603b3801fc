import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL } from '../parts/scalars.ts';
import { nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const kumaSDConfig = object({
  clientID: optional(nonEmpty, ''),
  fetchTimeout: optional(duration, ''),
  refreshInterval: optional(duration, ''),
  server: required(httpsURL, ''),
  ...httpClientFields,
});

export type KumaSDConfig = Static<typeof kumaSDConfig>;
