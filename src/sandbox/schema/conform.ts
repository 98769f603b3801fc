/**
 * What decoding into Go structs and encoding them again does to a built-in object: wrong types are refused, unknown fields are
 * named and dropped, zero values are dropped or filled in, quantities and times get their canonical text.
 */
import { isJsonObject, setMember } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { renderQuantity } from './quantity-text.ts';
import type { Schema } from './schema.ts';

/** A value that cannot be decoded; the message is Go's. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** Where the walk is. */
interface Place {
  /** Path with indexes, as in "unknown field" messages. */
  readonly path: string;
  /** Path without indexes, as in Go's type errors. */
  readonly goPath: string;
  /** The struct that holds the field. */
  readonly struct: string;
  readonly unknown: string[];
}

export interface Conformed {
  readonly object: JsonObject;
  /** Paths of fields that no struct has, in order. */
  readonly unknown: readonly string[];
}

/**
 * The canonical form of `value`; apiVersion and kind stay as they are.
 * @throws {DecodeError} when a value has the wrong type.
 */
export function conform(value: JsonObject, schema: Schema): Conformed {
  const unknown: string[] = [];
  const object = conformStruct(value, schema, { path: '', goPath: '', struct: '', unknown });
  return { object, unknown };
}

function conformStruct(value: JsonObject, schema: Schema, place: Place): JsonObject {
  const result: JsonObject = {};
  const { properties = {}, zeros = {}, goType = '' } = schema;
  for (const key of Object.keys(value)) {
    const inner = { ...place, path: join(place.path, key), goPath: join(place.goPath, key), struct: goType };
    const member = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (member === undefined) {
      place.unknown.push(inner.path);
      continue;
    }
    const conformed = conformValue(value[key], member, inner);
    if (conformed !== undefined && (key in zeros || !isZero(conformed))) result[key] = conformed;
  }
  return fillZeros(result, schema);
}

/** The fields that Go always encodes. */
function fillZeros(result: JsonObject, { properties = {}, zeros = {} }: Schema): JsonObject {
  for (const [key, rule] of Object.entries(zeros)) {
    if (rule === 'fill' && !(key in result)) result[key] = zeroOf(properties[key] ?? {});
  }
  return result;
}

/** Undefined for null: Go leaves the field as it was. */
function conformValue(value: unknown, schema: Schema, place: Place): unknown {
  if (value === null || value === undefined) return undefined;
  if (schema['x-kubernetes-int-or-string'] === true) return conformIntOrString(value, place);
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return value;
  switch (schema.type) {
    case 'object':
      return conformObject(value, schema, place);
    case 'array':
      return conformList(value, schema, place);
    case 'integer':
      return conformInteger(value, schema, place);
    case 'string':
      return conformString(value, schema, place);
    default:
      if (typeof value !== schema.type) throw wrongType(value, schema, place);
      return value;
  }
}

function conformObject(value: unknown, schema: Schema, place: Place): JsonObject {
  if (!isJsonObject(value)) throw wrongType(value, schema, place);
  if (schema.properties !== undefined) return conformStruct(value, schema, place);
  const result: JsonObject = {};
  const items = schema.additionalProperties as Schema;
  for (const key of Object.keys(value)) {
    const inner = { ...place, path: join(place.path, key), goPath: join(place.goPath, key) };
    const member = conformValue(value[key], items, inner);
    setMember(result, key, member ?? zeroOf(items));
  }
  return result;
}

function conformList(value: unknown, schema: Schema, place: Place): unknown[] {
  if (!Array.isArray(value)) throw wrongType(value, schema, place);
  const items = schema.items ?? {};
  return value.map((item, at) => {
    const inner = { ...place, path: `${place.path}[${at}]` };
    return conformValue(item, items, inner) ?? conformValue(zeroOf(items), items, inner);
  });
}

function conformInteger(value: unknown, schema: Schema, place: Place): number {
  if (typeof value !== 'number') throw wrongType(value, schema, place);
  const limit = schema.format === 'int32' ? 2 ** 31 : 2 ** 63;
  if (Number.isInteger(value) && value >= -limit && value < limit) return value;
  throw new DecodeError(
    `json: cannot unmarshal number ${value} into Go struct field ${describePlace(place)} of type ${schema.format ?? 'int'}`,
  );
}

function conformIntOrString(value: unknown, place: Place): unknown {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value))) return value;
  throw wrongType(value, { type: 'string', format: 'intstr.IntOrString' }, place);
}

function conformString(value: unknown, schema: Schema, place: Place): string {
  if (schema.format === 'quantity') return conformQuantity(value);
  if (typeof value !== 'string') throw wrongType(value, schema, place);
  if (schema.format === 'byte') return conformBytes(value);
  if (schema.format === 'date-time') return conformTime(value, 0);
  return schema.format === 'micro-time' ? conformTime(value, 6) : value;
}

function conformQuantity(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  const rendered = typeof text === 'string' ? renderQuantity(text) : undefined;
  if (rendered !== undefined) return rendered;
  throw new DecodeError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
}

function conformBytes(value: string): string {
  const text = value.replaceAll(/[\r\n]/g, '');
  const valid = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  const padding = text.slice(valid);
  if (text.length % 4 !== 0 || !/^={0,2}$/.test(padding)) {
    throw new DecodeError(
      `illegal base64 data at input byte ${padding === '' ? text.length - (text.length % 4) : valid}`,
    );
  }
  return text;
}

const timeForms = {
  0: { form: /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/, layout: '2006-01-02T15:04:05Z07:00' },
  6: {
    form: /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{6})([Zz]|[+-]\d\d:\d\d)$/,
    layout: '2006-01-02T15:04:05.000000Z07:00',
  },
} as const;

/** RFC 3339 in UTC with `digits` fractional digits; six digits must be there where six are kept. */
function conformTime(value: string, digits: 0 | 6): string {
  const { form, layout } = timeForms[digits];
  const match = form.exec(value);
  const time = match === null ? Number.NaN : Date.parse(value);
  if (match === null || Number.isNaN(time)) {
    throw new DecodeError(`parsing time "${value}" as "${layout}": cannot parse "${value}" as "2006"`);
  }
  const seconds = new Date(time).toISOString().slice(0, 19);
  return digits === 0 ? `${seconds}Z` : `${seconds}${match[1] ?? ''}Z`;
}

function isZero(value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** The zero value of a Go type as JSON: structs with the fields they always encode. */
function zeroOf(schema: Schema): unknown {
  if (schema['x-kubernetes-int-or-string'] === true) return 0;
  if (schema.properties !== undefined)
    return conformStruct({}, schema, { path: '', goPath: '', struct: '', unknown: [] });
  if (schema.type === 'string')
    return schema.format === 'date-time' || schema.format === 'micro-time' ? null : zeroText(schema);
  if (schema.type === 'integer' || schema.type === 'number') return 0;
  return schema.type === 'boolean' ? false : null;
}

const zeroText = (schema: Schema): string | null => {
  if (schema.format === 'quantity') return '0';
  return schema.format === 'byte' ? null : '';
};

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
const describePlace = ({ struct, goPath }: Place): string => `${struct}.${goPath}`;

function wrongType(value: unknown, schema: Schema, place: Place): DecodeError {
  const given = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return new DecodeError(
    `json: cannot unmarshal ${given} into Go struct field ${describePlace(place)} of type ${goTypeOf(schema)}`,
  );
}

function goTypeOf(schema: Schema): string {
  if (schema.goType !== undefined) return `v1.${schema.goType}`;
  if (schema.type === 'array') return `[]${goTypeOf(schema.items ?? {})}`;
  if (schema.type === 'object') return `map[string]${goTypeOf((schema.additionalProperties ?? {}) as Schema)}`;
  if (schema.type === 'boolean') return 'bool';
  if (schema.type === 'integer') return schema.format ?? 'int64';
  return schema.format?.includes('.') === true ? schema.format : (schema.type ?? 'interface {}');
}
