/** Field errors of validation, worded and ordered as the real server words them (apimachinery, pkg/util/validation/field). */
import { StatusError } from '../status-error.ts';
import type { Named } from '../status-error.ts';

export interface FieldError {
  readonly reason: string;
  readonly field: string;
  readonly message: string;
}

/** The value as Go prints it with %#v for the common types: strings quoted, objects as JSON. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value) : JSON.stringify(value);
}

export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${showValue(value)}: ${detail}` };
}

export function required(field: string, detail = ''): FieldError {
  return { reason: 'FieldValueRequired', field, message: `Required value${detail === '' ? '' : `: ${detail}`}` };
}

export function forbiddenField(field: string, detail: string): FieldError {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden${detail === '' ? '' : `: ${detail}`}` };
}

export function duplicate(field: string, value: unknown): FieldError {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${showValue(value)}` };
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const list = supported.map((one) => JSON.stringify(one)).join(', ');
  const message = `Unsupported value: ${showValue(value)}${list === '' ? '' : `: supported values: ${list}`}`;
  return { reason: 'FieldValueNotSupported', field, message };
}

export function tooLong(field: string, limit: number): FieldError {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${limit} bytes` };
}

export function tooMany(field: string, actual: number, limit: number): FieldError {
  return { reason: 'FieldValueTooMany', field, message: `Too many: ${actual}: must have at most ${limit} items` };
}

export function typeInvalid(field: string, value: unknown, detail: string): FieldError {
  return { reason: 'FieldValueTypeInvalid', field, message: `Invalid value: ${showValue(value)}: ${detail}` };
}

/** 422 with one cause an error. `kind` is the object's kind, as the real server names it here. */
export function invalidObject(
  kind: Pick<Named, 'group'> & { kind: string },
  name: string,
  errors: readonly FieldError[],
): StatusError {
  const texts = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const qualified = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  const causes = errors.map(({ reason, message, field }) => ({ reason, message, field }));
  return new StatusError(422, 'Invalid', `${qualified} "${name}" is invalid: ${text ?? ''}`, {
    ...(name === '' ? {} : { name }),
    ...(kind.group === '' ? {} : { group: kind.group }),
    kind: kind.kind,
    causes,
  });
}
