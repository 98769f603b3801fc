/** Strings and numbers of custom objects. */
import type { Schema } from '../schema/schema.ts';
import { invalid, tooLong, typeInvalid } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';

export function validateString(value: string, schema: Schema, path: string): FieldError[] {
  const length = [...value].length;
  const { minLength = 0, maxLength, pattern, format } = schema;
  if (maxLength !== undefined && length > maxLength) return [tooLong(path, maxLength)];
  if (length < minLength) return [invalid(path, value, `${path} in body should be at least ${minLength} chars long`)];
  const errors: FieldError[] = [];
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) {
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
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const errors: FieldError[] = [];
  const say = (text: string): void => void errors.push(invalid(path, value, `${path} in body should be ${text}`));
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    say(exclusiveMaximum === true ? `less than ${maximum}` : `less than or equal to ${maximum}`);
  }
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    say(exclusiveMinimum === true ? `greater than ${minimum}` : `greater than or equal to ${minimum}`);
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) say(`a multiple of ${multipleOf}`);
  const limit = limits[schema.format ?? ''];
  if (schema.type === 'integer' && limit !== undefined && (value < -limit || value >= limit)) {
    errors.push(
      invalid(path, value, `Checked value must be of type integer with format ${schema.format ?? ''} in ${path}`),
    );
  }
  return errors;
}
