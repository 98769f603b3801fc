import type { SeededRandom } from '../../e2e/discovery/seeded-random.ts';
import { anyOf, fill, nest, repeated, stir, within } from './make.ts';
import type { MakeText } from './make.ts';

/** What backtracking engines are known to be slow with, and what costs RE2 many states. */
const known = [
  '(a+)+$',
  '(a|a)*b',
  '(a|aa)+$',
  '(x+x+)+y',
  '(.*)*=',
  '(.*a){12}',
  '(.*){1,32}[bc]',
  '([a-z]+)*[0-9]',
  '([a-zA-Z0-9]+.)+@',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(a?){25}a{25}',
  '((a{0,9}){0,9}){0,9}',
  '((a{1,30}){1,30})b',
  '(a{1000})',
  '(?i)(straße|STRASSE|k|K)+\\pL*',
  '[[:alpha:]\\pL\\pN\\PZ]*[^a-z]+',
  '(?:(?:a|b)*(?:b|c)*)*d',
  '.*.*.*(.|..|...|....|.....|......|.......)y',
  '(?P<name>a*)*(?P<other>a*)*',
  '(\\d+)+(\\.\\d+)*(-\\w+)*',
  '(a|b|ab)*c',
  '\\Q((((\\E)*',
  '(^|$)*a',
  '(|a|b|)*',
];

const atoms = ['a', 'x', '.', '\\d', '[a-z]', '[^a]', '\\w', 'aa', '(?:a|b)', '\\pL', '^', '$', '\\b', 'é', '|'];
const loops = ['', '', '*', '+', '?', '*?', '{2,5}', '{0,20}', '{3}'];

/** Repetitions in repetitions, made at random. */
function makeGroup(random: SeededRandom, depth: number): string {
  const parts = Array.from({ length: random.integer(1, 3) }, () => {
    const atom = depth > 0 && random.chance(0.6) ? `(${makeGroup(random, depth - 1)})` : random.pick(atoms);
    return `${atom}${atom === '|' ? '' : random.pick(loops)}`;
  });
  return parts.join(random.chance(0.3) ? '|' : '');
}

const makeRandom: MakeText = (random, room) => makeGroup(random, random.integer(1, 5)).slice(0, room);
const makeKnown: MakeText = (random) => random.pick(known) + random.pick(['', '', 'y', '\\n', '.*']);
const makeSequence: MakeText = (random, room) => stir(random, known, Math.min(room, 600)).slice(0, room);
const makeAlternatives: MakeText = (random, room) =>
  Array.from({ length: Math.max(2, Math.floor(room / 6)) }, () => fill(random.pick(['a', 'ab', 'x']), 4)).join('|');
const makeNested: MakeText = (random, room) =>
  nest(
    random.pick([
      ['(', ')'],
      ['(?:', ')*'],
      ['(', ')+'],
      ['(', '|a)'],
      ['(a', ')?'],
      ['(?i:', ')'],
    ] as const),
    'a*',
    room,
  );

/** Regular expressions of users. */
export const makeRegexp: MakeText = anyOf(
  makeKnown,
  makeKnown,
  makeRandom,
  makeRandom,
  makeSequence,
  makeAlternatives,
  makeNested,
  repeated(
    '.*',
    'a?',
    '(a*)',
    '()',
    '[a-z]',
    '\\pL',
    'a{1,9}',
    '(?P<n>a)',
    '[',
    '(',
    '\\',
    'x*y*',
    '.*.*=',
    '|',
    '[^',
    '\\x{10FFFF}',
  ),
  within('', repeated('a*', '.*', '.+', 'a?'), 'y'),
  within('[', repeated('a-z', 'aé', '\\d', '[:alpha:]'), ']*!'),
);

/** What they are held against: nearly a match. */
export const makeSubject: MakeText = anyOf(
  within('', repeated('a', 'x', 'ab', '0', 'a.', 'aa=', 'é', '\u{1F600}', ' ', '\n'), '!'),
  (random, room) => stir(random, ['a', 'b', 'x', 'y', '0', '.', '=', '-', 'K', '\n', 'ß', '@'], room),
);
