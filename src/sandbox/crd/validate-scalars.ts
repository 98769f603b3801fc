/** Strings and numbers of custom objects. */
import type { Schema } from '../schema/schema.ts';
import { invalid, tooLong, typeInvalid } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';
import type { Patterns } from './patterns.ts';

export function validateString(value: string, schema: Schema, path: string, patterns: Patterns): FieldError[] {
  const length = countCharacters(value);
  const { minLength = 0, maxLength, pattern, format } = schema;
  if (maxLength !== undefined && length > maxLength) return [tooLong(path, maxLength)];
  if (length < minLength) return [invalid(path, value, `${path} in body should be at least ${minLength} chars long`)];
  const errors: FieldError[] = [];
  if (pattern !== undefined && !patterns.matches(pattern, value)) {
    errors.push(invalid(path, value, `${path} in body should match '${pattern}'`));
  }
  if (format !== undefined && formats[format]?.(value) === false) {
    errors.push(typeInvalid(path, value, `${path} in body must be of type ${format}: ${JSON.stringify(value)}`));
  }
  return errors;
}

/** Formats that the real server checks and CRDs of this world use; others pass. */
const formats: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': (value) => /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
  date: (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  byte: (value) => value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value),
  duration: (value) => /^(\d+(\.\d+)?\s*[a-zµ]+\s*)+$/i.test(value),
  email: (value) => /^[^@\s]+@[^@\s]+$/.test(value),
  hostname: (value) => value.length <= 255 && /^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?$/.test(value),
  ipv4: (value) => /^(\d{1,3}\.){3}\d{1,3}$/.test(value) && value.split('.').every((part) => Number(part) < 256),
  ipv6: (value) => value.includes(':') && /^[0-9a-fA-F:.]+$/.test(value),
  uri: (value) => URL.canParse(value),
  uuid: (value) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value),
};

const limits: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 };

export function validateNumber(value: number, schema: Schema, path: string): FieldError[] {
  const { multipleOf, format = '' } = schema;
  const problems = [describeAbove(value, schema), describeBelow(value, schema)];
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) problems.push(`a multiple of ${multipleOf}`);
  const errors = problems
    .filter((text) => text !== undefined)
    .map((text) => invalid(path, value, `${path} in body should be ${text}`));
  const limit = limits[format];
  if (schema.type !== 'integer' || limit === undefined || (value >= -limit && value < limit)) return errors;
  return [...errors, invalid(path, value, `Checked value must be of type integer with format ${format} in ${path}`)];
}

function describeAbove(value: number, { maximum, exclusiveMaximum = false }: Schema): string | undefined {
  if (maximum === undefined || (exclusiveMaximum ? value < maximum : value <= maximum)) return undefined;
  return exclusiveMaximum ? `less than ${maximum}` : `less than or equal to ${maximum}`;
}

function describeBelow(value: number, { minimum, exclusiveMinimum = false }: Schema): string | undefined {
  if (minimum === undefined || (exclusiveMinimum ? value > minimum : value >= minimum)) return undefined;
  return exclusiveMinimum ? `greater than ${minimum}` : `greater than or equal to ${minimum}`;
}

/** Code points, as Go counts runes. */
function countCharacters(text: string): number {
  return Array.from(text).length;
}
