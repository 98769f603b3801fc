import { httpClientFields } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { flag, listMap, nonEmpty, object, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { filter } from './filter.ts';

export const dockerSDConfig = object({
  filters: optional(listMap(filter, ['name']), ''),
  host: required(text, '', { pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*://.+$', minLength: 1 }),
  hostNetworkingHost: optional(nonEmpty, ''),
  matchFirstNetwork: optional(flag, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  ...httpClientFields,
});

export type DockerSDConfig = Static<typeof dockerSDConfig>;
