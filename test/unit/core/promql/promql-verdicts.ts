import assert from 'node:assert/strict';
import { checkPromql } from '../../../../src/core/promql/check-promql.ts';
import { defaultPromqlOptions, readPromqlOptions } from '../../../../src/core/promql/types.ts';
import type { PromqlType } from '../../../../src/core/promql/types.ts';

export const everything = readPromqlOptions([
  'promql-experimental-functions',
  'promql-duration-expr',
  'promql-extended-range-selectors',
  'promql-binop-fill-modifiers',
]);

/** `LINE:COLUMN MESSAGE` of everything wrong with an expression. */
export function listErrors(text: string, options = defaultPromqlOptions): string[] {
  return checkPromql(text, options).errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

export function assertTypes(table: readonly (readonly [string, PromqlType])[], options = defaultPromqlOptions): void {
  for (const [text, type] of table) assert.deepEqual(checkPromql(text, options), { type, errors: [] }, text);
}

export function assertErrors(table: readonly (readonly [string, ...string[]])[], options = defaultPromqlOptions): void {
  for (const [text, ...errors] of table) assert.deepEqual(listErrors(text, options), errors, text);
}
