import { duration } from '../parts/scalars.ts';
import { object, optional, refine, required, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const fileSDConfig = object({
  files: required(setOf(refine(text, { pattern: '^[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)$' })), '', {
    minItems: 1,
  }),
  refreshInterval: optional(duration, ''),
});

export type FileSDConfig = Static<typeof fileSDConfig>;
