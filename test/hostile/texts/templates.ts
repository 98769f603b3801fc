import { anyOf, nest, open, repeated, stir, within } from './make.ts';
import type { MakeText } from './make.ts';
import { makeDigits, makeName } from './scalars.ts';

const action = (make: MakeText): MakeText => within('{{ ', make, ' }}');

const makeNested: MakeText = (random, room) => {
  const pairs = [
    ['{{ if true }}', '{{ end }}'],
    ['{{ range .A }}', '{{ end }}'],
    ['{{ with $x := 1 }}', '{{ end }}'],
    ['{{ if 1 }}a{{ else }}', '{{ end }}'],
    ['{{ block "a" . }}', '{{ end }}'],
  ] as const;
  return nest(random.pick(pairs), '{{ $value }}', room);
};
const makeParentheses: MakeText = (random, room) =>
  `{{ ${nest(
    random.pick([
      ['(', ')'],
      ['(printf "%s" ', ')'],
      ['(not ', ')'],
      ['(', ').A'],
    ] as const),
    '1',
    room,
  )} }}`;
const soup = [
  '{{',
  '}}',
  '{{-',
  '-}}',
  ' ',
  '/*',
  '*/',
  '"',
  '`',
  "'",
  '\\',
  '$',
  '.',
  '|',
  ':=',
  '=',
  ',',
  '(',
  ')',
  'if',
  'else',
  'end',
  'range',
  'with',
  'define',
  'template',
  'a',
  '1',
  '0x',
  '_',
  'e',
  '\n',
  '{',
  '}',
  'é',
];

/** Templates of alerts and of notifications. */
export const makeTemplate: MakeText = anyOf(
  action(makeDigits),
  action(makeDigits),
  makeNested,
  makeNested,
  makeParentheses,
  makeParentheses,
  (random, room) =>
    open(random.pick(['{{', '{{ if 1 }}', '{{ (', '{{/*', '{', '{{"', '{{- ', '{{ range ', '{{ define "a" }}']), room),
  action(
    repeated(
      '$labels.a.',
      '.a',
      '| value ',
      '1 ',
      '"a" ',
      '$',
      '. ',
      'print ',
      '(',
      '1_',
      '-1 ',
      '1i ',
      '0x1p',
      "'a' ",
      "'\\",
      '1e+',
    ),
  ),
  action(within('$', makeName)),
  action(within('"', repeated('\\"', '\\\\', '\\u00e9', 'a', '%s', '\\x41', '\\'), '"')),
  action(within('reReplaceAll "', repeated('(a+)+', '.*', '(', 'a|a'), '" "" "a"')),
  within(
    '{{ if 1 }}',
    repeated('{{ else if 1 }}', '{{ else }}', '{{ break }}', '{{ end }}', '{{ $x := 1 }}'),
    '{{ end }}',
  ),
  within('{{', repeated(' ', '\n', '\t', ' - '), '- 1 -}}'),
  repeated(
    '{{ . }}',
    '{{ $value }}',
    '{{/* */}}',
    '{{- 1 -}} ',
    '{{ define "a" }}{{ end }}',
    '{ {',
    '}}',
    '{{ template "a" . }}',
  ),
  within('{{ /*', repeated('*', '/', '*/', 'a'), '*/ }}'),
  (random, room) => stir(random, soup, room),
);
