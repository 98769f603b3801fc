import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneJson } from '../../src/base/json.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { listFiles } from '../../src/cli/manifests.ts';
import { customKinds } from '../../src/api/kinds.ts';
import { listCases, readStack } from '../golden/explain/stacks.ts';
import type { SeededRandom } from '../e2e/discovery/seeded-random.ts';

/** The material of fuzzing: good objects, and values that stand where others should. */

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): JsonObject[] => parseYamlDocuments(readFileSync(file, 'utf8'), file) as JsonObject[];
const kinds = new Set(['Secret', 'ConfigMap', ...customKinds.map(({ type }) => type.kind)]);

/** Objects that no mutation touches: their job and their receiver must be there in the end. */
export const goodObjects: readonly JsonObject[] = read(join(import.meta.dirname, 'good.yaml'));

/** Objects that refer to the Secret "garbage", and that Secret. */
export const victims: readonly JsonObject[] = read(join(import.meta.dirname, 'victims.yaml'));

const readFolder = (folder: string): JsonObject[] =>
  listFiles([join(root, folder)])
    .filter((file) => file.endsWith('.yaml'))
    .flatMap(read);
const readBroken = (): JsonObject[] =>
  listCases().flatMap((name) => parseYamlDocuments(readStack(name), name) as JsonObject[]);

/** What is mutated, in lists by kind: rare kinds are as often chosen as usual ones. */
export function readCorpus(): readonly (readonly JsonObject[])[] {
  const lists = new Map<string, JsonObject[]>();
  const [plain, routes] = [['examples', 'stacks', 'test/golden/cases'], 'test/golden/route'] as const;
  for (const object of [...victims, ...plain.flatMap(readFolder), ...readBroken(), ...readFolder(routes)]) {
    const kind = object.kind as string;
    if (!kinds.has(kind)) continue;
    lists.set(kind, [...(lists.get(kind) ?? []), object]);
  }
  return [...lists.values()];
}

/** Names that every object of JavaScript answers to. */
export const prototypeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
];

/** Keys are own ones, as JSON has them. */
const prototypeObject = (): unknown =>
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}},"toString":1,"length":-1}');

/** Objects or lists inside of each other. */
export function nest(depth: number, kind: 'list' | 'map'): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = kind === 'list' ? [value] : { inner: value };
  return value;
}

const texts = [
  '',
  ' ',
  '\u0000',
  '\u0000\u0001\u001b[31m\u007f',
  '\ud800',
  'a\udc00b',
  '\u202e\u2028\u2029',
  '\ufeff',
  '🦉'.repeat(50),
  'é\u0301'.repeat(9),
  '((((((',
  '[',
  '(?i)',
  '*',
  'a{1001}',
  '(?P<x>',
  '\\',
  '$1$',
  '${',
  '$(',
  '{{',
  '{{ . }}',
  '{{ template "x" }}',
  '"',
  "'",
  '`',
  '%',
  '%zz',
  '%00',
  '../../../x',
  '/',
  '//',
  'http://',
  'http://[::1',
  'http://a:b@c:99999/',
  ':::',
  '@',
  '-1',
  '0',
  '1e999',
  '0x1F',
  'NaN',
  'Infinity',
  '-Inf',
  '9'.repeat(400),
  '1y1w',
  '10000000000000000y',
  '-5m',
  '5',
  '1.5h',
  'v',
  'v3',
  'v99999999999999999999.1.1',
  '-',
  'null',
  'true',
  '~',
  '!!js/function',
  '&a *a',
  '<<',
  '---',
  'sum(',
  'up{',
  'a b c',
  'rate(up)',
  '\n',
  'a\nb: c',
  '\t',
  '\r\n',
  'a'.repeat(5000),
  '('.repeat(3000),
  '{'.repeat(3000),
  '-'.repeat(3000),
  ...prototypeKeys,
] as const;

const numbers = [
  0,
  -0,
  -1,
  1,
  0.5,
  1e308,
  -1e308,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  -(2 ** 63),
  1e21,
  65_536,
  5e-324,
] as const;

/** A value that nobody expects. */
export function makeValue(random: SeededRandom): unknown {
  const makers: readonly (() => unknown)[] = [
    () => null,
    () => random.chance(0.5),
    () => random.pick(numbers),
    () => random.pick(numbers),
    () => random.pick(texts),
    () => random.pick(texts),
    () => random.pick(texts),
    () => random.pick([[], {}, [[]], [null], [{}], { a: null }, [''], { '': '' }].map(cloneJson)),
    prototypeObject,
    () => nest(random.pick([3, 20, 90, 101, 300]), random.pick(['list', 'map'] as const)),
    () => Array.from({ length: random.pick([2, 50, 400]) }, () => random.pick(texts.slice(0, 60))),
    () =>
      Object.fromEntries(
        Array.from({ length: random.integer(1, 5) }, () => [random.pick(texts.slice(0, 60)), random.pick(numbers)]),
      ),
  ];
  return random.pick(makers)();
}

/** A text that nobody expects. */
export const makeText = (random: SeededRandom): string => random.pick(texts);
