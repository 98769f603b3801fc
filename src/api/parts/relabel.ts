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
    'What to do when the regular expression matches. Words may start with a capital; lowercase and uppercase need Prometheus 2.36.0, keepequal and dropequal 2.41.0.',
    { default: 'replace' },
  ),
  modulus: optional(
    count,
    'Number the hash of the source labels is taken modulo of. For hashmod only, and then it may not be zero.',
  ),
  regex: optional(
    text,
    'Regular expression (RE2) that must match the whole of the joined source labels, or for labelmap, labeldrop and labelkeep the names of labels. "(.*)" by default.',
  ),
  replacement: optional(
    text,
    'What is written to the target label; $1 and ${name} stand for groups of the regular expression. "$1" by default.',
  ),
  separator: optional(text, 'Put between the values of the source labels. ";" by default.'),
  sourceLabels: optional(list(text), 'Labels whose values are joined and compared with the regular expression.'),
  targetLabel: optional(
    text,
    'Label that is written. Needed by replace, hashmod, lowercase, uppercase, keepequal and dropequal.',
  ),
});

export type RelabelConfig = Static<typeof relabelConfig>;
