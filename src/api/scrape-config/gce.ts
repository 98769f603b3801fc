import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const gceSDConfig = object({
  filter: optional(nonEmpty, 'Filter of the instances, in the words of the GCE API.'),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  project: required(nonEmpty, 'Project to look in.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  tagSeparator: optional(nonEmpty, 'Put between tags in the tags label. "," by default.'),
  zone: required(nonEmpty, 'Zone to look in. One entry a zone.'),
});

export type GCESDConfig = Static<typeof gceSDConfig>;
