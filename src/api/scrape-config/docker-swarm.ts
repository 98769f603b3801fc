import { httpClientFields } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { listMap, object, oneOf, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { filter } from './filter.ts';

export const dockerSwarmSDConfig = object({
  filters: optional(listMap(filter, ['name']), ''),
  host: required(text, '', { pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*://.+$' }),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  role: required(oneOf('Services', 'Tasks', 'Nodes'), ''),
  ...httpClientFields,
});

export type DockerSwarmSDConfig = Static<typeof dockerSwarmSDConfig>;
