import { atomicMap, nonEmpty, object, optional, required, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const staticConfig = object({
  labels: optional(atomicMap(text), 'Labels to add to the series of all targets.'),
  targets: required(setOf(nonEmpty), 'Hosts and ports to scrape.', { minItems: 1 }),
});

export type StaticConfig = Static<typeof staticConfig>;
