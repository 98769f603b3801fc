import { nonEmpty, object, required, setOf } from '../schema.ts';
import type { Static } from '../schema.ts';

export const filter = object({
  name: required(nonEmpty, ''),
  values: required(setOf(nonEmpty), '', { minItems: 1 }),
});

export type Filter = Static<typeof filter>;
