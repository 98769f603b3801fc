import { nonEmpty, object, required, setOf } from '../schema.ts';
import type { Static } from '../schema.ts';

export const filter = object({
  name: required(nonEmpty, 'Name of the filter.'),
  values: required(setOf(nonEmpty), 'Values of which one must match.', { minItems: 1 }),
});

export type Filter = Static<typeof filter>;
