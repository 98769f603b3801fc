import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const gceSDConfig = object({
  filter: optional(nonEmpty, ''),
  port: optional(portNumber, ''),
  project: required(nonEmpty, ''),
  refreshInterval: optional(duration, ''),
  tagSeparator: optional(nonEmpty, ''),
  zone: required(nonEmpty, ''),
});

export type GCESDConfig = Static<typeof gceSDConfig>;
