import { anyOf, fill, nest, open, repeated, stir, within } from './make.ts';
import type { MakeText } from './make.ts';
import { makeDigits, makeName } from './scalars.ts';

/** Every level names the last one ten times. */
const makeAliases: MakeText = (random, room) => {
  const levels = random.integer(2, 12);
  const width = Math.max(2, Math.min(10, Math.floor(room / levels / 8)));
  const [first, rest] = random.chance(0.5) ? ['[x]', '[]'] : ['"long text of a leaf"', '[]'];
  const lines = [`a0: &a0 ${first}`];
  for (let at = 1; at < levels; at += 1) lines.push(`a${at}: &a${at} [${fill(`*a${at - 1},`, width * 5)}${rest}]`);
  return lines.join('\n');
};

/** Merges of merges. */
const makeMerges: MakeText = (random, room) => {
  const levels = random.integer(2, 30);
  const keys = Array.from({ length: Math.floor(room / 20) }, (_, at) => `k${at}: 1`).join(', ');
  const lines = [`m0: &m0 {${keys}}`];
  for (let at = 1; at < levels; at += 1)
    lines.push(`m${at}: &m${at}\n  <<: [${fill(`*m${at - 1},`, 30)}]\n  x${at}: 1`);
  return lines.join('\n');
};

/** Deeper by one space each line. */
const makeStairs: MakeText = (random, room) => {
  const step = random.pick(['a:', '-', '? a', '- a:', '- -']);
  const depth = Math.floor(Math.sqrt(room * 2));
  return Array.from({ length: depth }, (_, at) => `${' '.repeat(at * (step.includes(' ') ? 2 : 1))}${step}`).join('\n');
};

const makeFlow: MakeText = (random, room) =>
  nest(
    random.pick([
      ['[', ']'],
      ['{a: ', '}'],
      ['[[', '],]'],
      ['{? [', '] : 1}'],
      ['- [', ']\n'],
    ] as const),
    '1',
    room,
  );

const makeManyKeys: MakeText = (random, room) => {
  const isSame = random.chance(0.3);
  const count = Math.floor(room / 10);
  return Array.from({ length: count }, (_, at) => `k${isSame ? 1 : at}: v`).join('\n');
};

const soup = [
  'a',
  ':',
  ' ',
  '\n',
  '- ',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '!',
  '!!str ',
  '|',
  '>',
  '"',
  "'",
  '#',
  '%',
  '@',
  '`',
  '? ',
  '<<: ',
  '\t',
  '---\n',
  '...\n',
  '0',
  'é',
  ',',
  '  ',
];

/** YAML of users, of any shape. */
export const makeYaml: MakeText = anyOf(
  makeAliases,
  makeAliases,
  makeMerges,
  makeStairs,
  makeFlow,
  makeManyKeys,
  (random, room) => open(random.pick(['[', '{', '- ', '? ', '{a: ', '!a ', '&a ', '"', '- - ', '[*a, ']), room),
  within('a: ', makeDigits),
  within('a: "', repeated('\\u00e9', '\\x41', '\\\\', 'a', '\\', '\n', ' \n '), '"'),
  within("a: '", repeated("''", 'a', '\n', ' \n'), "'"),
  within('a: |\n', repeated('  a\n', '\n', '   \n', '  \n a\n')),
  within('a: >\n', repeated('  a\n', '\n', '  a b c \n', '   a\n\n')),
  within('', makeName, ': 1'),
  within('? ', makeName, '\n: 1'),
  within('a:', repeated(' ', '\n', '\t', ' #a\n', '#', '!!str ', ' a\n ')),
  repeated(
    '---\n',
    '--- a\n',
    '...\n',
    '%YAML 1.2\n---\n',
    '# a\n',
    '- a\n',
    '\n',
    '&a a: 1\n',
    'a: *b\n',
    '- &a 1\n- *a\n',
    '? \n',
  ),
  (random, room) => stir(random, soup, room),
);
