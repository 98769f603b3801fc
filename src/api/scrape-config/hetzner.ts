import { httpClientFields } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const hetznerSDConfig = object({
  labelSelector: optional(nonEmpty, 'Selector of the servers. For the cloud API.', { since: 'Prometheus 3.5.0' }),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  role: required(
    oneOf('hcloud', 'Hcloud', 'robot', 'Robot'),
    'API to ask: hcloud for the cloud, robot for dedicated servers.',
  ),
  ...httpClientFields,
});

export type HetznerSDConfig = Static<typeof hetznerSDConfig>;
