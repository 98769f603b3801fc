import { count, list, object, oneOf, optional, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const relabelConfig = object({
  action: optional(
    oneOf(
      'replace',
      'Replace',
      'keep',
      'Keep',
      'drop',
      'Drop',
      'hashmod',
      'HashMod',
      'labelmap',
      'LabelMap',
      'labeldrop',
      'LabelDrop',
      'labelkeep',
      'LabelKeep',
      'lowercase',
      'Lowercase',
      'uppercase',
      'Uppercase',
      'keepequal',
      'KeepEqual',
      'dropequal',
      'DropEqual',
    ),
    '',
    { default: 'replace' },
  ),
  modulus: optional(count, ''),
  regex: optional(text, ''),
  replacement: optional(text, ''),
  separator: optional(text, ''),
  sourceLabels: optional(list(text), ''),
  targetLabel: optional(text, ''),
});

export type RelabelConfig = Static<typeof relabelConfig>;
