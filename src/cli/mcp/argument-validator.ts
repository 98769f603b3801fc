import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/server';
import { nearestName } from '../../api/validation/nearest.ts';
import { compileSchemaCheck } from '../../api/validation/schema-errors.ts';
import { isJsonObject } from '../../base/json.ts';

/** The checks of arguments that the house has, for the SDK: what is wrong is said as `stoker check` says it. */
export const argumentValidator: jsonSchemaValidator = {
  getValidator<T>(schema: object): JsonSchemaValidator<T> {
    const { additionalProperties: _, ...open } = schema as Record<string, unknown>;
    const known = Object.keys(isJsonObject(open.properties) ? open.properties : {});
    const check = compileSchemaCheck(open);
    return (input) => {
      const invalid = check(input).map(({ path, message }) => `${path === '' ? 'arguments' : path}: ${message}`);
      const wrong = [...listUnknown(input, known), ...invalid];
      return wrong.length === 0
        ? { valid: true, data: input as T, errorMessage: undefined }
        : { valid: false, data: undefined, errorMessage: wrong.join('; ') };
    };
  },
};

function listUnknown(input: unknown, known: readonly string[]): string[] {
  const unknown = Object.keys(isJsonObject(input) ? input : {}).filter((name) => !known.includes(name));
  return unknown.map((name) => {
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean "${nearest}"?`;
    return `${name}: There is no such argument: ${hint}`;
  });
}
