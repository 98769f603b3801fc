/** x-kubernetes-validations: CEL rules on self and, for changes, oldSelf. */
import { Environment } from '@marcbachmann/cel-js';
import { describeError } from '../../base/errors.ts';
import { equalJson, isJsonObject } from '../../base/json.ts';
import { indexItems, isAssociative } from '../apply/list-items.ts';
import { memberSchema } from '../schema/schema.ts';
import type { Schema, ValidationRule } from '../schema/schema.ts';
import { showValue } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';

type Program = (variables: Readonly<Record<string, unknown>>) => unknown;

/** True when some rule stands anywhere in the schema. */
export function hasRules(schema: Schema): boolean {
  if ((schema['x-kubernetes-validations'] ?? []).length > 0) return true;
  const below = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  return below.some((one) => typeof one === 'object' && hasRules(one));
}

const reasons: Readonly<Record<string, [reason: string, prefix: (value: unknown) => string]>> = {
  FieldValueInvalid: [
    'FieldValueInvalid',
    (value) => `Invalid value: ${isScalar(value) ? `${showValue(value)}: ` : ''}`,
  ],
  FieldValueForbidden: ['FieldValueForbidden', () => 'Forbidden: '],
  FieldValueRequired: ['FieldValueRequired', () => 'Required value: '],
  FieldValueDuplicate: ['FieldValueDuplicate', (value) => `Duplicate value: ${showValue(value)}: `],
};

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Evaluates rules; each text is parsed once. */
export class RuleChecker {
  readonly #environment = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  });
  readonly #programs = new Map<string, Program>();

  /** Errors of the rules on `value` and below. `old` is undefined on create; rules on oldSelf are left out then. */
  check(value: unknown, old: unknown, place: { schema: Schema; path: string }): FieldError[] {
    const { schema, path } = place;
    const rules = schema['x-kubernetes-validations'] ?? [];
    const errors = rules.length === 0 ? [] : this.#checkRules(rules, { value, old }, place);
    for (const child of childrenOf(value, old, schema)) {
      if (!hasRules(child.schema)) continue;
      errors.push(...this.check(child.value, child.old, { schema: child.schema, path: path + child.step }));
    }
    return errors;
  }

  #checkRules(
    rules: readonly ValidationRule[],
    { value, old }: { value: unknown; old: unknown },
    place: { schema: Schema; path: string },
  ): FieldError[] {
    const { schema, path } = place;
    const variables = { self: toCel(schema, value), ...(old === undefined ? {} : { oldSelf: toCel(schema, old) }) };
    const due = rules.filter(({ rule }) => old !== undefined || !/\boldSelf\b/.test(rule));
    const unchanged = old !== undefined && equalJson(value, old);
    return due.flatMap((rule) => {
      const failure = this.#evaluate(rule, variables);
      return failure === undefined || unchanged ? [] : [renderFailure(rule, failure, { value, path })];
    });
  }

  /** Undefined when the rule holds, else what to say. */
  #evaluate(rule: ValidationRule, variables: Readonly<Record<string, unknown>>): string | undefined {
    try {
      if (this.#compile(rule.rule)(variables) === true) return undefined;
      if (rule.messageExpression !== undefined) {
        const text = this.#compile(rule.messageExpression)(variables);
        if (typeof text === 'string' && text.trim() !== '') return text;
      }
      return rule.message ?? `failed rule: ${rule.rule.trim()}`;
    } catch (error) {
      return `rule evaluation error: ${describeError(error)} evaluating rule: ${rule.message ?? rule.rule}`;
    }
  }

  #compile(text: string): Program {
    let program = this.#programs.get(text);
    if (program === undefined) {
      program = this.#environment.parse(text) as Program;
      this.#programs.set(text, program);
    }
    return program;
  }
}

function renderFailure(
  rule: ValidationRule,
  text: string,
  { value, path }: { value: unknown; path: string },
): FieldError {
  const [reason, prefix] = reasons[rule.reason ?? 'FieldValueInvalid'] ?? [
    'FieldValueInvalid',
    () => 'Invalid value: ',
  ];
  return { reason, field: path + (rule.fieldPath ?? ''), message: prefix(value) + text };
}

interface Child {
  readonly step: string;
  readonly value: unknown;
  readonly old: unknown;
  readonly schema: Schema;
}

/** Members and elements; an element of a list map is paired with the old one of its key, others have no old value. */
function childrenOf(value: unknown, old: unknown, schema: Schema): Child[] {
  if (Array.isArray(value) && schema.items !== undefined) {
    const { items } = schema;
    const before = isAssociative(schema) && Array.isArray(old) ? indexItems(old, schema) : undefined;
    const steps = before === undefined ? [] : [...indexItems(value, schema).keys()];
    return value.map((item: unknown, at) => ({
      step: `[${at}]`,
      value: item,
      old: before?.get(steps[at] ?? ''),
      schema: items,
    }));
  }
  if (!isJsonObject(value)) return [];
  const before = isJsonObject(old) ? old : {};
  return Object.keys(value).flatMap((name) => {
    const inner = memberSchema(schema, name);
    return inner === undefined ? [] : [{ step: `.${name}`, value: value[name], old: before[name], schema: inner }];
  });
}

/** Words that CEL reserves: members of that name are escaped. */
const reserved = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/** How CEL sees a member's name. */
function escapeName(name: string): string {
  if (reserved.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}

/** Integers are BigInt in CEL; members without a schema are not visible. */
function toCel(schema: Schema, value: unknown): unknown {
  if (typeof value === 'number') {
    const integer = schema.type === 'integer' || schema['x-kubernetes-int-or-string'] === true;
    return integer ? BigInt(value) : value;
  }
  if (Array.isArray(value))
    return value.map((item: unknown) => (schema.items === undefined ? item : toCel(schema.items, item)));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const inner = memberSchema(schema, name);
      const key = schema.properties?.[name] === undefined ? name : escapeName(name);
      return inner === undefined ? [] : [[key, toCel(inner, member)]];
    }),
  );
}
