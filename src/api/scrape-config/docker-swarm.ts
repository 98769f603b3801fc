import { httpClientFields } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { listMap, object, oneOf, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { filter } from './filter.ts';

export const dockerSwarmSDConfig = object({
  filters: optional(listMap(filter, ['name']), "Filters of the daemon's API."),
  host: required(text, 'Address of the Docker daemon.', { pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*://.+$' }),
  port: optional(portNumber, 'Port to scrape, for tasks and services that publish none and for nodes.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  role: required(oneOf('Services', 'Tasks', 'Nodes'), 'What to discover.'),
  ...httpClientFields,
});

export type DockerSwarmSDConfig = Static<typeof dockerSwarmSDConfig>;
