/**
 * The built-in types as data. One line a Go struct (continued by indented lines):
 *
 *     Name [@atomic] field[*]:type[?|+][#number] …
 *
 * `*` the API documents the field as required · `?` a pointer: null is dropped, zero values stay · `+` always encoded: what is
 * missing is filled in with the zero value · neither: zero values (0, "", false, [], {}) are dropped.
 * Fields stand in the order of their protocol buffers numbers, 1, 2, 3 …; a number that does not follow its neighbour is written, and
 * `#2.3` is field 3 of an embedded message that JSON does not show.
 * Types: s string, p a protocol (as the key of a list it is TCP when absent), b boolean, i int32, l int64, d double, x int-or-string, q quantity, t time, u time with microseconds,
 * y base64 bytes, o any object, j any JSON, NAME a struct, {T} a map ({T}! an atomic one), [T] an atomic list, [T]=set,
 * [T]=key,key a list of objects identified by the keys.
 */
import type { Schema, ZeroRule } from './schema.ts';

const scalars: Readonly<Record<string, Schema>> = {
  s: { type: 'string' },
  p: { type: 'string', default: 'TCP' },
  b: { type: 'boolean' },
  i: { type: 'integer', format: 'int32' },
  l: { type: 'integer', format: 'int64' },
  d: { type: 'number', format: 'double' },
  x: { 'x-kubernetes-int-or-string': true, format: 'int-or-string' },
  q: { type: 'string', format: 'quantity' },
  t: { type: 'string', format: 'date-time' },
  u: { type: 'string', format: 'micro-time' },
  y: { type: 'string', format: 'byte' },
  o: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, 'x-kubernetes-map-type': 'atomic' },
  j: { 'x-kubernetes-preserve-unknown-fields': true },
};

/** The structs by name, each referring to the others' objects (shared, possibly nested in themselves). */
export type TypeTable = ReadonlyMap<string, Schema>;

/** @throws {SyntaxError} when a line is malformed or names an unknown type. */
export function parseTypeTable(texts: readonly string[]): TypeTable {
  const lines = texts.flatMap((text) => text.replaceAll(/\n +/g, ' ').split('\n'));
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' '));
  const table = new Map<string, Schema>(rows.map(([name = '']) => [name, emptyStruct(name)]));
  for (const [name = '', ...words] of rows) fillStruct(table.get(name) as MutableStruct, words, table);
  return table;
}

const wordForm = /^([\w-]+)(\*?):(.*?)([?+]?)(?:#([\d.]+))?$/;

interface MutableStruct {
  numbers: Record<string, string>;
  properties: Record<string, Schema>;
  required?: string[];
  zeros: Record<string, ZeroRule>;
  'x-kubernetes-map-type'?: string;
}

function emptyStruct(goType: string): Schema {
  return { type: 'object', goType, properties: {}, zeros: {}, numbers: {} };
}

function fillStruct(struct: MutableStruct, words: readonly string[], table: TypeTable): void {
  if (words.some((word) => /^metadata\*?:ObjectMeta/.test(word))) addTypeMeta(struct);
  let last = 0;
  for (const word of words) {
    if (word === '@atomic') struct['x-kubernetes-map-type'] = 'atomic';
    else last = addField(struct, word, { last, table });
  }
}

/** Returns the number of the field, that of the one before for fields of embedded messages. */
function addField(struct: MutableStruct, word: string, { last, table }: { last: number; table: TypeTable }): number {
  const [, name = '', required, type = '', zero, explicit] = wordForm.exec(word) ?? [];
  if (name === '') throw new SyntaxError(`Cannot parse field "${word}" of the type table`);
  const number = explicit ?? String(last + 1);
  struct.numbers[name] = number;
  struct.properties[name] = parseType(type, table);
  if (required === '*') (struct.required ??= []).push(name);
  if (zero !== '') struct.zeros[name] = zero === '?' ? 'keep' : 'fill';
  return number.includes('.') ? last : Number(number);
}

function addTypeMeta(struct: MutableStruct): void {
  Object.assign(struct.properties, { apiVersion: scalars.s, kind: scalars.s });
}

function parseType(text: string, table: TypeTable): Schema {
  const found = scalars[text] ?? table.get(text);
  if (found !== undefined) return found;
  const end = text.startsWith('[') ? text.lastIndexOf(']') : -1;
  if (end > 0) return listOf(parseType(text.slice(1, end), table), /^=(.*)$/.exec(text.slice(end + 1))?.[1]);
  const [, map, atomic] = /^\{(.*)\}(!?)$/.exec(text) ?? [];
  if (map === undefined) throw new SyntaxError(`Unknown type "${text}" in the type table`);
  const schema: Schema = { type: 'object', additionalProperties: parseType(map, table) };
  return atomic === '!' ? { ...schema, 'x-kubernetes-map-type': 'atomic' } : schema;
}

function listOf(items: Schema, keys: string | undefined): Schema {
  const list: Schema = { type: 'array', items };
  if (keys === undefined) return { ...list, 'x-kubernetes-list-type': 'atomic' };
  if (keys === 'set') return { ...list, 'x-kubernetes-list-type': 'set' };
  return { ...list, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys.split(',') };
}
