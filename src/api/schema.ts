import { Type } from 'typebox';
import type { Static, TOptional, TSchema, TUnsafe } from 'typebox';

/**
 * The words in which `src/api` describes resources. Every schema is a TypeBox schema whose plain JSON is the
 * structural OpenAPI schema of the CRD, `x-kubernetes-*` keywords included; its static type is fixed where it is
 * made (`TUnsafe<T>`), so that the type checker never walks a schema twice.
 */
export type Schema<T = unknown> = TUnsafe<T>;

/** Fields of an object by name. Tables of fields that several objects share are spread into each of them. */
export type Fields = Record<string, Schema>;

type Shape<F extends Fields> = {
  [K in keyof F as F[K] extends TOptional ? never : K]: F[K]['~unsafe'];
} & {
  [K in keyof F as F[K] extends TOptional ? K : never]?: F[K]['~unsafe'];
};

type Flat<T> = { [K in keyof T]: T[K] } & {};

/** The static type of an object with these fields. */
export type ObjectOf<F extends Fields> = Flat<Shape<F>>;

/** What may be said of a field besides its schema and description. */
export interface FieldNotes {
  /** The program and version that first understands the field, such as "Prometheus 2.47.0". */
  since?: string;
  /** What to use instead, without a full stop, such as "use image". */
  deprecated?: string;
  /** Set by the API server when the field is absent. */
  default?: unknown;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  'x-kubernetes-validations'?: readonly CelRule[];
}

/** A rule in CEL that the API server checks; `self` is the value it is written on. */
export interface CelRule {
  rule: string;
  message: string;
}

/** The same schema with more keywords. Hidden marks of TypeBox are kept. */
export function refine<S extends TSchema>(schema: S, keywords: TSchema): S {
  const copy: TSchema = Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema));
  return Object.assign(copy, keywords) as S;
}

function describe(description: string, notes: FieldNotes): TSchema {
  return description === '' ? notes : { description, ...notes };
}

/** A field that must be there. The description is one or two sentences for `kubectl explain`. */
export function required<T>(schema: Schema<T>, description = '', notes: FieldNotes = {}): Schema<T> {
  return refine(schema, describe(description, notes));
}

/** A field that may be absent. */
export function optional<T>(schema: Schema<T>, description = '', notes: FieldNotes = {}): TOptional<Schema<T>> {
  return Type.Optional(refine(schema, describe(description, notes)));
}

/** An object with exactly these fields. */
export function object<F extends Fields>(fields: F, keywords: TSchema = {}): Schema<ObjectOf<F>> {
  return Type.Unsafe(Type.Object(fields, { ...keywords }));
}

/** An object that is replaced as a whole by server-side apply. */
export function atomicObject<F extends Fields>(fields: F): Schema<ObjectOf<F>> {
  return object(fields, { 'x-kubernetes-map-type': 'atomic' });
}

/** A list that server-side apply replaces as a whole because nothing says otherwise. */
export function list<T>(items: Schema<T>, keywords: TSchema = {}): Schema<T[]> {
  return Type.Unsafe({ type: 'array', items, ...keywords });
}

/** As `list`, and says so. */
export function atomicList<T>(items: Schema<T>): Schema<T[]> {
  return list(items, { 'x-kubernetes-list-type': 'atomic' });
}

/** A list without duplicates. */
export function setOf<T>(items: Schema<T>): Schema<T[]> {
  return list(items, { 'x-kubernetes-list-type': 'set' });
}

/** A list whose entries are told apart by the values of `keys`; no two may be the same. */
export function listMap<T>(items: Schema<T>, keys: readonly (keyof T & string)[]): Schema<T[]> {
  return list(items, { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys });
}

/** An object with any keys and values of one schema. */
export function mapOf<T>(values: Schema<T>, keywords: TSchema = {}): Schema<Record<string, T>> {
  return Type.Unsafe({ type: 'object', additionalProperties: values, ...keywords });
}

/** As `mapOf`, replaced as a whole by server-side apply. */
export function atomicMap<T>(values: Schema<T>): Schema<Record<string, T>> {
  return mapOf(values, { 'x-kubernetes-map-type': 'atomic' });
}

/** As `mapOf`; server-side apply merges it key by key and says so. */
export function granularMap<T>(values: Schema<T>): Schema<Record<string, T>> {
  return mapOf(values, { 'x-kubernetes-map-type': 'granular' });
}

/** One of these words. */
export function oneOf<const T extends string>(...words: T[]): Schema<T> {
  return Type.Unsafe({ type: 'string', enum: words });
}

export const text: Schema<string> = Type.Unsafe({ type: 'string' });
export const nonEmpty: Schema<string> = Type.Unsafe({ type: 'string', minLength: 1 });
export const flag: Schema<boolean> = Type.Unsafe({ type: 'boolean' });
export const integer: Schema<number> = Type.Unsafe({ type: 'integer' });
export const int32: Schema<number> = Type.Unsafe({ type: 'integer', format: 'int32' });
export const int64: Schema<number> = Type.Unsafe({ type: 'integer', format: 'int64' });
/** A number that is not below zero. */
export const count: Schema<number> = Type.Unsafe({ type: 'integer', format: 'int64', minimum: 0 });
/** RFC 3339. */
export const timestamp: Schema<string> = Type.Unsafe({ type: 'string', format: 'date-time' });
export const textMap: Schema<Record<string, string>> = mapOf(text);
export const intOrString: Schema<number | string> = Type.Unsafe({
  'x-kubernetes-int-or-string': true,
  anyOf: [{ type: 'integer' }, { type: 'string' }],
});

export type { Static };
