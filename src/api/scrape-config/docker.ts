import { httpClientFields } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { flag, listMap, nonEmpty, object, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { filter } from './filter.ts';

export const dockerSDConfig = object({
  filters: optional(listMap(filter, ['name']), "Filters of the daemon's API."),
  host: required(text, 'Address of the Docker daemon.', { pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*://.+$', minLength: 1 }),
  hostNetworkingHost: optional(
    nonEmpty,
    'Address of containers that use the network of the host. "localhost" by default.',
  ),
  matchFirstNetwork: optional(flag, 'Takes only the first network of a container that has several. True by default.', {
    since: 'Prometheus 2.54.1',
  }),
  port: optional(portNumber, 'Port to scrape, for containers that publish none. 80 by default.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  ...httpClientFields,
});

export type DockerSDConfig = Static<typeof dockerSDConfig>;
