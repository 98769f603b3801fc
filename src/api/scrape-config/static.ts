import { atomicMap, nonEmpty, object, optional, required, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const staticConfig = object({
  labels: optional(atomicMap(text), ''),
  targets: required(setOf(nonEmpty), '', { minItems: 1 }),
});

export type StaticConfig = Static<typeof staticConfig>;
