import { anyOf, fill, nest, open, repeated, stir, within } from './make.ts';
import type { MakeText } from './make.ts';
import { makeDigits, makeDuration, makeName } from './scalars.ts';
import { makeRegexp } from './regexps.ts';

const brackets = [
  ['(', ')'],
  ['-(', ')'],
  ['sum(', ')'],
  ['sum by (a) (', ')'],
  ['abs(', ')'],
  ['(1+', ')'],
  ['rate(', '[5m:1m])'],
  ['label_replace(', ',"a","$1","b","(.*)")'],
  ['{', '}'],
  ['[', ']'],
] as const;

const makeNested: MakeText = (random, room) =>
  nest(random.pick(brackets), random.pick(['1', 'up', '', 'a{b="c"}']), room);
const makeUnclosed: MakeText = (random, room) =>
  open(random.pick(['(', '{', '[', 'sum(', '-', '!', '"', '`', '(a[', 'a{b=']), room);
const makeChain: MakeText = (random, room) =>
  `1${fill(random.pick([' + 1', ' ^ 2', ' == bool 1', ' and up', ' or a{b="c"}', '*-1', ' / on (a) b', ' unless a', '%+-2']), room)}`;
const makeMatchers: MakeText = (random, room) => {
  const names = random.chance(0.5) ? ['a'] : ['a', 'b', '__name__', 'le'];
  let text = '';
  while (text.length < room)
    text += `${random.pick(names)}${random.pick(['=~', '!~', '='])}${JSON.stringify(makeRegexp(random, Math.min(room, 60)))},`;
  return `up{${text}}`;
};
const quote =
  (make: MakeText): MakeText =>
  (random, room) =>
    JSON.stringify(make(random, room));
const soup = [
  'sum',
  ' by ',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '5m',
  ':',
  '"',
  "'",
  '`',
  '\\',
  ' offset ',
  ' @ ',
  '1',
  'a',
  ',',
  '=',
  '~',
  '!',
  '#',
  '\n',
  '0x',
  'e9',
  'Inf',
  ' bool ',
  ' ignoring ',
  'é',
  '$',
  ';',
];

/** Expressions of rules. */
export const makePromql: MakeText = anyOf(
  makeNested,
  makeNested,
  makeUnclosed,
  makeChain,
  makeMatchers,
  makeDigits,
  within('a[', makeDuration, ']'),
  within('a[5m] offset ', makeDuration),
  within('rate(a[', makeDuration, ':])'),
  within('up{a=~', quote(makeRegexp), '}'),
  within('"', repeated('\\u00e9', '\\x41', '\\\\', '\\n', '\\101', '\\q', 'é', '\\u'), '"'),
  within('sum by (', repeated('a,', 'b , ', '"é",', ' '), 'a) (up)'),
  within('up{', repeated('a="b",', '"é"="b",', 'a,', '"x",', ' ', 'a=~".*",'), '}'),
  within('up', repeated(' ', '\n', '\t', '#\n', '# a\n', ' offset 5m', ' @ 1', '[5m:]', '[5m]', '\u00a0')),
  within('count(', repeated('a,', '1,', '"a",', '(1),'), '1)'),
  makeName,
  (random, room) => stir(random, soup, room),
);
