import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const nomadSDConfig = object({
  allowStale: optional(flag, 'Takes answers of servers that are not the leader. True by default.'),
  namespace: optional(nonEmpty, 'Namespace to look in.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  region: optional(nonEmpty, 'Region to ask.'),
  server: required(httpsURL, 'URL of the Nomad API.'),
  tagSeparator: optional(nonEmpty, 'Put between tags in the tags label. "," by default.'),
  ...httpClientFields,
});

export type NomadSDConfig = Static<typeof nomadSDConfig>;
