import { duration } from '../parts/scalars.ts';
import { object, optional, refine, required, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const fileSDConfig = object({
  files: required(
    setOf(refine(text, { pattern: '^[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)$' })),
    'Paths of JSON or YAML files with targets; the last part of a path may hold one *.',
    {
      minItems: 1,
    },
  ),
  refreshInterval: optional(duration, 'Time between two readings, besides those that changes of the files cause.'),
});

export type FileSDConfig = Static<typeof fileSDConfig>;
