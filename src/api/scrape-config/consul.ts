import { httpClientFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, scheme } from '../parts/scalars.ts';
import { atomicMap, flag, nonEmpty, object, optional, required, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const consulSDConfig = object({
  allowStale: optional(
    flag,
    'Takes answers of servers that are not the leader: less load, perhaps older data. True by default.',
  ),
  datacenter: optional(nonEmpty, 'Datacenter to ask. That of the agent by default.'),
  filter: optional(nonEmpty, 'Filter expression for the catalog.', { since: 'Prometheus 3.0.0' }),
  healthFilter: optional(nonEmpty, 'Filter expression for the health checks of the services.', {
    since: 'Prometheus 3.11.2',
  }),
  namespace: optional(nonEmpty, 'Namespace to look in. For Consul Enterprise.', { since: 'Prometheus 2.28.0' }),
  nodeMeta: optional(atomicMap(text), 'Metadata a node must have.', { deprecated: 'use filter' }),
  partition: optional(nonEmpty, 'Admin partition to look in. For Consul Enterprise.'),
  pathPrefix: optional(nonEmpty, "Path in front of Consul's API.", { since: 'Prometheus 2.45.0' }),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  scheme: optional(scheme, 'Protocol to reach Consul with. http by default.'),
  server: required(nonEmpty, 'Host and port of the Consul server.'),
  services: optional(setOf(nonEmpty), 'Services to discover. All by default.'),
  tagSeparator: optional(nonEmpty, 'Put between tags in the tags label. "," by default.'),
  tags: optional(setOf(nonEmpty), 'Tags a service must have.', { deprecated: 'use filter' }),
  tokenRef: optional(secretKeySelector, 'Key of the Secret with the token for Consul.'),
  ...httpClientFields,
});

export type ConsulSDConfig = Static<typeof consulSDConfig>;
