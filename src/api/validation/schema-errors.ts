import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { nearestName } from './nearest.ts';
import { compilePattern } from './pattern.ts';
import { shareSchemas } from './shared-schemas.ts';
import { joinPath, showValue } from './violation.ts';
import type { Violation } from './violation.ts';

/** Checks a value against the OpenAPI part of a schema: types, required fields, enums, patterns, limits, formats. */
export type SchemaCheck = (value: unknown) => Violation[];

/** Compiles a schema; takes up to a few hundred milliseconds for the biggest, so keep what it returns. */
export function compileSchemaCheck(schema: object): SchemaCheck {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    verbose: true,
    code: { regExp: Object.assign(makeExpression, { code: 'makeExpression' }) },
    formats: {
      int32: { type: 'number', validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31 },
      int64: { type: 'number', validate: (value: number) => value >= -(2 ** 63) && value < 2 ** 63 },
      'date-time': (value: string) => isTimestamp(value),
    },
  });
  const check = ajv.compile(shareSchemas(schema));
  return (value) => {
    check(value);
    return (check.errors ?? []).filter((error) => !/\/anyOf\/\d/.test(error.schemaPath)).map(toViolation);
  };
}

/** Ajv tells patterns apart by their texts. */
function makeExpression(pattern: string): { test(text: string): boolean; toString(): string } {
  return { test: compilePattern(pattern), toString: () => pattern };
}

function isTimestamp(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}

function toViolation(error: ErrorObject): Violation {
  const path = readPointer(error.instancePath);
  if (error.keyword === 'required') {
    const name = String(error.params.missingProperty);
    return violation(joinPath(path, name), undefined, 'Required field is missing');
  }
  return violation(path, error.data, `${explain(error)}: found ${showValue(error.data)}`);
}

const violation = (path: string, value: unknown, message: string): Violation => ({
  reason: 'InvalidValue',
  path,
  value,
  message,
});

/** "/spec/endpoints/0/port" → "spec.endpoints[0].port". */
function readPointer(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return steps.reduce((path, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return joinPath(path, /^\d+$/.test(key) && path !== '' ? Number(key) : key);
  }, '');
}

type Explain = (params: Record<string, unknown>, error: ErrorObject) => string;

const explanations: Readonly<Record<string, Explain>> = {
  type: ({ type }) => `Expected ${nameType(String(type))}`,
  anyOf: () => 'Expected a whole number or a text',
  enum: ({ allowedValues }, { data }) => explainEnum(allowedValues as unknown[], data),
  pattern: ({ pattern }, { parentSchema }) =>
    typeof parentSchema?.hint === 'string'
      ? `Expected ${parentSchema.hint}`
      : `Expected a text that matches ${String(pattern)}`,
  minLength: ({ limit }) => (limit === 1 ? 'Text may not be empty' : `Text needs at least ${String(limit)} characters`),
  maxLength: ({ limit }) => `Text may have at most ${String(limit)} characters`,
  minItems: ({ limit }) => `List needs at least ${String(limit)} ${limit === 1 ? 'entry' : 'entries'}`,
  maxItems: ({ limit }) => `List may have at most ${String(limit)} entries`,
  minimum: ({ limit }) => `Number must be at least ${String(limit)}`,
  maximum: ({ limit }) => `Number must be at most ${String(limit)}`,
  format: ({ format }) =>
    format === 'date-time' ? 'Expected a time such as "2006-01-02T15:04:05Z"' : `Number must fit in ${String(format)}`,
};

function explain(error: ErrorObject): string {
  return explanations[error.keyword]?.(error.params, error) ?? `Value ${error.message ?? 'is not valid'}`;
}

function explainEnum(allowed: readonly unknown[], found: unknown): string {
  const words = allowed.map((one) => JSON.stringify(one)).join(', ');
  const nearest = typeof found === 'string' ? nearestName(found, allowed.map(String)) : undefined;
  return `Expected one of ${words}${nearest === undefined ? '' : ` (did you mean "${nearest}"?)`}`;
}

function nameType(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    boolean: 'true or false',
    integer: 'a whole number',
    number: 'a number',
    array: 'a list',
    object: 'a mapping',
  };
  return names[type] ?? type;
}
