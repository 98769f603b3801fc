/** What makes a schema structural: every field has a type, combinations only constrain (apiextensions, schema.NewStructural). */
import { parse } from '@marcbachmann/cel-js';
import { compilePattern } from '../../api/validation/pattern.ts';
import { describeError } from '../../base/errors.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { forbiddenField, invalid, required } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';
import { objectAt, objectsAt, textAt } from '../strategies/read-json.ts';

/** The errors of a schema, "" when it is structural. */
export function findNonStructural(schema: JsonObject, field: string): FieldError[] {
  const root =
    schema.type === 'object'
      ? []
      : [
          schema.type === undefined || schema.type === ''
            ? required(`${field}.type`, 'must not be empty at the root')
            : invalid(`${field}.type`, schema.type, 'must be object at the root'),
        ];
  return [...root, ...checkExpressions(schema, field), ...checkChildren(schema, field)];
}

function checkNode(schema: JsonObject, field: string, where: string): FieldError[] {
  const typeless =
    schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const errors: FieldError[] = [];
  if ((schema.type === undefined || schema.type === '') && !typeless)
    errors.push(required(`${field}.type`, `must not be empty for specified ${where}`));
  if (schema.uniqueItems === true)
    errors.push(
      forbiddenField(
        `${field}.uniqueItems`,
        'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
      ),
    );
  if (schema['x-kubernetes-list-type'] === 'map' && !Array.isArray(schema['x-kubernetes-list-map-keys'])) {
    errors.push(required(`${field}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map'));
  }
  return [...errors, ...checkExpressions(schema, field), ...checkChildren(schema, field)];
}

/** Patterns and rules are compiled when the definition comes, not when the first object does. */
function checkExpressions(schema: JsonObject, field: string): FieldError[] {
  const { pattern } = schema;
  const errors: FieldError[] = [];
  const broken = typeof pattern === 'string' ? findError(() => compilePattern(pattern)) : undefined;
  if (broken !== undefined) {
    errors.push(invalid(`${field}.pattern`, pattern, `must be a valid regular expression, but isn't: ${broken}`));
  }
  objectsAt(schema, 'x-kubernetes-validations').forEach((rule, at) => {
    const text = textAt(rule, 'rule');
    const place = `${field}.x-kubernetes-validations[${at}].rule`;
    const problem = text.trim() === '' ? undefined : findError(() => parse(text));
    if (text.trim() === '') errors.push(required(place, 'rule is not specified'));
    else if (problem !== undefined) errors.push(invalid(place, text, `compilation failed: ${problem}`));
  });
  return errors;
}

function findError(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}

function checkChildren(schema: JsonObject, field: string): FieldError[] {
  const errors = Object.entries(objectAt(schema, 'properties')).flatMap(([name, member]) =>
    isJsonObject(member) ? checkNode(member, `${field}.properties[${name}]`, 'object fields') : [],
  );
  if (isJsonObject(schema.items)) errors.push(...checkNode(schema.items, `${field}.items`, 'array items'));
  if (isJsonObject(schema.additionalProperties)) {
    errors.push(...checkNode(schema.additionalProperties, `${field}.additionalProperties`, 'map values'));
  }
  for (const word of ['allOf', 'anyOf', 'oneOf']) {
    objectsAt(schema, word).forEach((one, at) =>
      errors.push(...checkConstraint(one, `${field}.${word}[${at}]`, schema)),
    );
  }
  return errors;
}

/** Inside combinations nothing may describe structure. */
function checkConstraint(schema: JsonObject, field: string, parent: JsonObject): FieldError[] {
  const words = [
    'additionalProperties',
    'default',
    'nullable',
    'description',
    ...(parent['x-kubernetes-int-or-string'] === true ? [] : ['type']),
  ];
  return words
    .filter((word) => schema[word] !== undefined && schema[word] !== '')
    .map((word) => forbiddenField(`${field}.${word}`, 'must be empty to be structural'));
}
