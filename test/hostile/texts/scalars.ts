import { anyOf, fill, repeated, stir, within } from './make.ts';
import type { MakeText } from './make.ts';

/** Numbers that are long, or large with few characters. */
export const makeDigits: MakeText = anyOf(
  repeated('1', '9', '0', '01', '1_', '0x1', '1e', '.1', '-1', '7', '1.', '+'),
  within('0x', repeated('f', '0', 'f_', 'p')),
  within('0.', repeated('0', '9'), '1'),
  within('1e', repeated('9', '0', '1'), '1'),
  within('1e-', repeated('9', '0', '1'), '1'),
  within('0', repeated('1', '7', '8', '_1'), '8'),
  (random) =>
    random.pick([
      '1e999',
      '1e-999',
      '1e999999999',
      '-1e999999999',
      '9223372036854775808',
      '1e308',
      '0x1p99999',
      'NaN',
      '-Inf',
      '1e9999999999999999999',
    ]),
);

const units = ['ms', 's', 'm', 'h', 'd', 'w', 'y', 'µs', 'ns', '', '1', '.'];

/** Durations as users write them. */
export const makeDuration: MakeText = anyOf(
  (random, room) => `${fill(random.pick(['9', '0', '1', '10']), room)}${random.pick(units)}`,
  (random, room) => fill(`${random.integer(0, 99)}${random.pick(units)}`, room),
  (random, room) => stir(random, [...units, '1', '9', '0'], room),
  repeated('1h', '1y1w1d1h1m1s1ms', '1m1s', '1.5h', '-1s', ' 1s', '1s '),
);

/** Quantities of Kubernetes and sizes of Prometheus. */
export const makeQuantity: MakeText = anyOf(
  within('', makeDigits, 'Ki'),
  within('', makeDigits, 'm'),
  within('', makeDigits, 'GB'),
  within('', makeDigits, 'n'),
  makeDigits,
  repeated('1Ki', '1.', 'E', 'i', '1e1', '1KB'),
  (random) => `${random.integer(1, 9)}e${random.pick(['18', '99', '9999', '99999999', '999999999999', '-99999999'])}`,
);

/** Names of objects, labels, keys and files. */
export const makeName: MakeText = anyOf(
  repeated(
    'a',
    'a-',
    'a.',
    '-',
    '.',
    '_',
    'a_',
    '/',
    '../',
    'é',
    '\u{1F600}',
    '%2e',
    'a/b',
    '\u0000',
    ' ',
    'A.b-',
    '\ud800',
    '$',
    '${1}',
    'a:',
  ),
  within('', repeated('a', 'a-', 'a.', '0', '-.'), '-'),
  within('', repeated('a', 'a.b', 'a-b.'), '/'),
  (random, room) => stir(random, ['a', 'B', '-', '.', '_', '/', '0', ':', '\n', ' ', '"'], room),
  (random) => random.pick(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a', 'web', '']),
);

/** URLs, and what is taken for such. */
export const makeUrl: MakeText = anyOf(
  within('http://', repeated('a', 'a.', 'a:', '@', '[', ']', '%', '%41', ':1', '[::', '/', '?', '#', 'é')),
  within('http://a/', repeated('../', 'a/', '%2f', '%', '//', '?a=b&', '{{', '#', ' ')),
  within('', repeated('http:', '//', ':', 'a+', '://', '\\'), '//'),
  makeName,
);

/** Templates of relabelling. */
export const makeReplacement: MakeText = anyOf(
  repeated('$1', '${1}', '$', '${', '$$', '${a', '$a', '$99999999999', '${name}', 'x$1', '$_'),
  within('${', makeDigits, '}'),
  (random, room) => stir(random, ['$', '{', '}', '1', 'a', '$1', '${1}', '-', 'é'], room),
  makeName,
);

/** Selectors as text, of labels and of fields. */
export const makeSelector: MakeText = anyOf(
  repeated(
    'a=b,',
    'a in (b),',
    '!a,',
    'a',
    ',',
    '(',
    'a in (',
    'a=,',
    'a>1,',
    ' ',
    '\t',
    '!',
    '=',
    '\\,',
    '\\',
    'a!=b,',
    '\n',
    'a notin (b,c),',
  ),
  within('a in (', repeated('b,', ',', ' ', 'b ', '(', 'b-', 'é,'), 'c)'),
  within('a > ', makeDigits),
  within('', makeName, '=b'),
  within('a=', makeName),
  within('a', repeated(' ', '\t', '\n', ' = '), '=b'),
  (random, room) =>
    stir(random, ['a', '=', '!', ',', '(', ')', ' in ', ' notin ', '<', '>', ' ', '1', '/', '\\'], room),
);

/** Matchers of Alertmanager, in either grammar. */
export const makeMatcher: MakeText = anyOf(
  repeated(
    'a="b",',
    'a=~".*",',
    'a',
    '{',
    '}',
    '"',
    '\\',
    ',',
    ' ',
    'a=b,',
    'é=b,',
    'a=\\"',
    '\\"',
    '=',
    '!=',
    '\\u00e9',
    'a=~',
  ),
  within('{', repeated('a="b",', ' ', 'a=b,', '"a"="b",', ',', '{'), '}'),
  within('a="', repeated('\\"', '\\\\', '\\n', 'é', ',', '"', '\\x'), '"'),
  within('a=~"', repeated('(a+)+', '.*', '(a|a)*', '\\\\d+', '('), '"'),
  within('', makeName, '=b'),
  (random, room) => stir(random, ['a', '=', '!', '~', ',', '{', '}', '"', '\\', ' ', '\n', 'é'], room),
);
