/** Reads built-in objects from the protocol buffers that Go clients send; the numbers of fields are in the type table. */
import { setMember } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { DecodeError } from './conform.ts';
import type { Schema } from './schema.ts';

const magic = Buffer.from('k8s\u0000');

export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Buffer;
}

/** The envelope around an object. @throws {DecodeError} when the bytes are none. */
export function readEnvelope(bytes: Buffer): Envelope {
  if (!bytes.subarray(0, 4).equals(magic))
    throw new DecodeError('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  const fields = readFields(bytes.subarray(4));
  const type = readFields(bytesOf(fields.get(1)));
  return { apiVersion: textOf(type.get(1)), kind: textOf(type.get(2)), raw: bytesOf(fields.get(2)) };
}

/** The JSON of a message of the given type. */
export function readMessage(bytes: Buffer, schema: Schema): JsonObject {
  const embedded = new Map<string, Fields>();
  const top = readFields(bytes);
  const result: JsonObject = {};
  for (const [name, number] of Object.entries(schema.numbers ?? {})) {
    const [outer = '', inner] = number.split('.');
    const member = schema.properties?.[name];
    if (member === undefined) continue;
    const fields = inner === undefined ? top : readEmbedded(embedded, top, outer);
    const values = fields.get(Number(inner ?? outer));
    if (values !== undefined) setMember(result, name, readValues(values, member));
  }
  return result;
}

function readEmbedded(cache: Map<string, Fields>, top: Fields, outer: string): Fields {
  let fields = cache.get(outer);
  if (fields === undefined) {
    fields = readFields(bytesOf(top.get(Number(outer))));
    cache.set(outer, fields);
  }
  return fields;
}

/** A number, or the bytes of a length-delimited field. */
type Value = bigint | Buffer;
type Fields = ReadonlyMap<number, readonly Value[]>;

function readFields(bytes: Buffer): Fields {
  const fields = new Map<number, Value[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) throw new DecodeError('unexpected EOF');
      at += 1;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new DecodeError('unexpected EOF');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const list = fields.get(key >> 3) ?? [];
    fields.set(key >> 3, list);
    const wire = key & 7;
    if (wire === 0) list.push(varint());
    else if (wire === 2) list.push(take(Number(varint())));
    else list.push(take(wire === 1 ? 8 : 4));
  }
  return fields;
}

function bytesOf(values: readonly Value[] | undefined): Buffer {
  const last = values?.at(-1);
  return Buffer.isBuffer(last) ? last : Buffer.alloc(0);
}

function textOf(values: readonly Value[] | undefined): string {
  return bytesOf(values).toString();
}

function readValues(values: readonly Value[], schema: Schema): unknown {
  const { items, additionalProperties } = schema;
  if (schema.type === 'array' && items !== undefined) return values.map((value) => readValue(value, items));
  if (typeof additionalProperties !== 'object') return readValue(values[values.length - 1] ?? 0n, schema);
  const result: JsonObject = {};
  for (const entry of values) {
    const fields = readFields(bytesOf([entry]));
    const value = fields.get(2);
    setMember(result, textOf(fields.get(1)), readValues(value ?? [Buffer.alloc(0)], additionalProperties));
  }
  return result;
}

function readValue(value: Value, schema: Schema): unknown {
  if (typeof value === 'bigint') return schema.type === 'boolean' ? value !== 0n : Number(BigInt.asIntN(64, value));
  if (schema['x-kubernetes-int-or-string'] === true) return readIntOrString(value);
  if (schema['x-kubernetes-preserve-unknown-fields'] === true)
    return JSON.parse(textOf(readFields(value).get(1)) || 'null');
  if (schema.properties !== undefined) return readMessage(value, schema);
  if (schema.type === 'number') return value.readDoubleLE();
  return readText(value, schema.format);
}

function readText(bytes: Buffer, format: string | undefined): unknown {
  switch (format) {
    case 'byte':
      return bytes.toString('base64');
    case 'quantity':
      return textOf(readFields(bytes).get(1));
    case 'date-time':
    case 'micro-time':
      return readTime(readFields(bytes));
    default:
      return bytes.toString();
  }
}

function readIntOrString(bytes: Buffer): unknown {
  const fields = readFields(bytes);
  const number = (index: number): number =>
    Number(BigInt.asIntN(64, (fields.get(index)?.[0] as bigint | undefined) ?? 0n));
  return number(1) === 0 ? number(2) : textOf(fields.get(3));
}

/** Seconds and nanoseconds since 1970; an empty message is no time. */
function readTime(fields: Fields): string | null {
  const number = (index: number): number =>
    Number(BigInt.asIntN(64, (fields.get(index)?.[0] as bigint | undefined) ?? 0n));
  if (fields.size === 0) return null;
  const seconds = new Date(number(1) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(number(2)).padStart(9, '0').slice(0, 6)}Z`;
}
