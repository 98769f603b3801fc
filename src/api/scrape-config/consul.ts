import { httpClientFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, scheme } from '../parts/scalars.ts';
import { atomicMap, flag, nonEmpty, object, optional, required, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const consulSDConfig = object({
  allowStale: optional(flag, ''),
  datacenter: optional(nonEmpty, ''),
  filter: optional(nonEmpty, ''),
  healthFilter: optional(nonEmpty, ''),
  namespace: optional(nonEmpty, ''),
  nodeMeta: optional(atomicMap(text), ''),
  partition: optional(nonEmpty, ''),
  pathPrefix: optional(nonEmpty, ''),
  refreshInterval: optional(duration, ''),
  scheme: optional(scheme, ''),
  server: required(nonEmpty, ''),
  services: optional(setOf(text), ''),
  tagSeparator: optional(nonEmpty, ''),
  tags: optional(setOf(text), ''),
  tokenRef: optional(secretKeySelector, ''),
  ...httpClientFields,
});

export type ConsulSDConfig = Static<typeof consulSDConfig>;
