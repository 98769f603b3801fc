/** Validation of custom objects against their structural schema, in the words of the real server (kube-openapi, validation). */
import { equalJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { memberSchema } from '../schema/schema.ts';
import type { Schema } from '../schema/schema.ts';
import { duplicate, invalid, notSupported, required, tooMany, typeInvalid } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';
import type { Patterns } from './patterns.ts';
import { validateNumber, validateString } from './validate-scalars.ts';

/** All errors of `value`; apiVersion, kind and metadata of the top are the caller's. */
export function validateSchema(value: unknown, schema: Schema, path: string, patterns: Patterns): FieldError[] {
  if (value === null && schema.nullable === true) return [];
  const types = allowedTypes(schema);
  const mismatch = types.length > 0 && !types.some((type) => hasType(value, type));
  const own = mismatch ? [wrongType(value, path, types.join(','))] : validateByShape(value, schema, path, patterns);
  return [...own, ...validateCombinations(value, schema, path, patterns)];
}

function allowedTypes(schema: Schema): readonly string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  return schema.type === undefined ? [] : [schema.type];
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'object') return isJsonObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  return typeof value === type;
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function wrongType(value: unknown, path: string, wanted: string): FieldError {
  const found = typeNameOf(value);
  return typeInvalid(path, found, `${path} in body must be of type ${wanted}: ${JSON.stringify(found)}`);
}

function validateByShape(value: unknown, schema: Schema, path: string, patterns: Patterns): FieldError[] {
  const errors = validateEnum(value, schema, path);
  if (typeof value === 'string') return [...errors, ...validateString(value, schema, path, patterns)];
  if (typeof value === 'number') return [...errors, ...validateNumber(value, schema, path)];
  if (Array.isArray(value)) return [...errors, ...validateList(value, schema, path, patterns)];
  return isJsonObject(value) ? [...errors, ...validateObject(value, schema, path, patterns)] : errors;
}

function validateEnum(value: unknown, { enum: allowed }: Schema, path: string): FieldError[] {
  if (allowed === undefined || allowed.some((one) => equalJson(one, value))) return [];
  return [
    notSupported(
      path,
      value,
      allowed.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
    ),
  ];
}

function validateList(list: readonly unknown[], schema: Schema, path: string, patterns: Patterns): FieldError[] {
  const errors: FieldError[] = [];
  const { items, minItems = 0, maxItems } = schema;
  if (list.length < minItems)
    errors.push(invalid(path, list.length, `${path} in body should have at least ${minItems} items`));
  if (maxItems !== undefined && list.length > maxItems) errors.push(tooMany(path, list.length, maxItems));
  if (items !== undefined)
    list.forEach((item, at) => errors.push(...validateSchema(item, items, `${path}[${at}]`, patterns)));
  return [...errors, ...validateUnique(list, schema, path)];
}

/** Sets hold a value once, list maps a key once. */
function validateUnique(list: readonly unknown[], schema: Schema, path: string): FieldError[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  return list.flatMap((item, at) => {
    const identity = type === 'set' ? item : pick(item, keys);
    const text = JSON.stringify(identity);
    if (seen.has(text)) return [duplicate(`${path}[${at}]`, identity)];
    seen.add(text);
    return [];
  });
}

function pick(item: unknown, keys: readonly string[]): JsonObject {
  const object = isJsonObject(item) ? item : {};
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]));
}

function validateObject(object: JsonObject, schema: Schema, path: string, patterns: Patterns): FieldError[] {
  const names = Object.keys(object);
  const { minProperties = 0, maxProperties } = schema;
  const errors = (schema.required ?? [])
    .filter((name) => object[name] === undefined)
    .map((name) => required(join(path, name)));
  if (names.length < minProperties)
    errors.push(invalid(path, names.length, `${path} in body should have at least ${minProperties} properties`));
  if (maxProperties !== undefined && names.length > maxProperties)
    errors.push(tooMany(path, names.length, maxProperties));
  for (const name of names) {
    const member = memberSchema(schema, name);
    if (member !== undefined && object[name] !== undefined)
      errors.push(...validateSchema(object[name], member, join(path, name), patterns));
  }
  return errors;
}

/** allOf, anyOf, oneOf, not. Of alternatives that all fail, the errors of the one that fits best are told too. */
function validateCombinations(value: unknown, schema: Schema, path: string, patterns: Patterns): FieldError[] {
  const errors = (schema.allOf ?? []).flatMap((one) => validateSchema(value, one, path, patterns));
  if (schema.not !== undefined && validateSchema(value, schema.not, path, patterns).length === 0) {
    errors.push(combination(path, 'must not validate the schema (not)'));
  }
  if (schema.anyOf !== undefined)
    errors.push(...validateAlternatives(value, schema.anyOf, { path, only: false, patterns }));
  if (schema.oneOf !== undefined)
    errors.push(...validateAlternatives(value, schema.oneOf, { path, only: true, patterns }));
  return errors;
}

function validateAlternatives(
  value: unknown,
  alternatives: readonly Schema[],
  { path, only, patterns }: { path: string; only: boolean; patterns: Patterns },
): FieldError[] {
  const results = alternatives.map((one) => validateSchema(value, one, path, patterns));
  const valid = results.filter((errors) => errors.length === 0).length;
  if (valid === 1 || (valid > 1 && !only)) return [];
  const best = valid > 0 ? [] : [...results].sort((left, right) => left.length - right.length)[0];
  const found = valid > 0 ? `Found ${valid} valid alternatives` : 'Found none valid';
  const text = only
    ? `must validate one and only one schema (oneOf). ${found}`
    : 'must validate at least one schema (anyOf)';
  return [combination(path, text), ...(best ?? [])];
}

/** Errors of combinations carry no field: the real server gives none either. */
function combination(path: string, text: string): FieldError {
  return { reason: 'FieldValueInvalid', field: '<nil>', message: `Invalid value: "": ${JSON.stringify(path)} ${text}` };
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
