import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RuleChecker } from '../../../../src/sandbox/crd/rules.ts';
import type { Schema } from '../../../../src/sandbox/schema/schema.ts';

const checker = new RuleChecker();
const check = (schema: Schema, value: unknown, old?: unknown): string[] =>
  checker
    .check(value, old, { schema, path: 'spec' })
    .map(({ reason, field, message }) => `${reason} ${field}: ${message}`);
const rule = (text: string, more: object = {}) => ({ 'x-kubernetes-validations': [{ rule: text, ...more }] });

describe('CEL rules', () => {
  const integers: Schema = { type: 'object', properties: { low: { type: 'integer' }, high: { type: 'integer' } } };

  it('compare integers, see absent members, and say their message', () => {
    const schema = { ...integers, ...rule('!has(self.high) || self.low <= self.high', { message: 'low above high' }) };
    assert.deepEqual(check(schema, { low: 2, high: 1 }), ['FieldValueInvalid spec: Invalid value: low above high']);
    assert.deepEqual(check(schema, { low: 2 }), []);
  });

  it('say the rule where there is no message, and what a message expression gives', () => {
    assert.deepEqual(check({ type: 'integer', ...rule('self > 3') }, 2), [
      'FieldValueInvalid spec: Invalid value: 2: failed rule: self > 3',
    ]);
    const schema = {
      type: 'integer',
      ...rule('self > 3', { messageExpression: '"got " + string(self)', reason: 'FieldValueForbidden' }),
    };
    assert.deepEqual(check(schema, 2), ['FieldValueForbidden spec: Forbidden: got 2']);
  });

  it('see the old value on updates only', () => {
    const schema: Schema = { type: 'object', properties: { name: { type: 'string', ...rule('self == oldSelf') } } };
    assert.deepEqual(check(schema, { name: 'a' }), []);
    assert.deepEqual(check(schema, { name: 'a' }, { name: 'a' }), []);
    assert.deepEqual(check(schema, { name: 'b' }, { name: 'a' }), [
      'FieldValueInvalid spec.name: Invalid value: "b": failed rule: self == oldSelf',
    ]);
  });

  it('pair elements of list maps by their keys', () => {
    const schema: Schema = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, size: { type: 'integer', ...rule('self >= oldSelf') } },
      },
    };
    const old = [
      { name: 'a', size: 2 },
      { name: 'b', size: 5 },
    ];
    assert.deepEqual(
      check(
        schema,
        [
          { name: 'b', size: 4 },
          { name: 'a', size: 2 },
        ],
        old,
      ),
      ['FieldValueInvalid spec[0].size: Invalid value: 4: failed rule: self >= oldSelf'],
    );
  });

  it('let pass what was broken before and has not changed', () => {
    assert.deepEqual(check({ type: 'integer', ...rule('self > 3') }, 2, 2), []);
  });

  it('that cannot be evaluated are errors, not exceptions', () => {
    assert.match(check({ ...integers, ...rule('self.low > 1') }, {})[0] ?? '', /rule evaluation error/);
  });

  it('escape names that CEL reserves', () => {
    const schema: Schema = {
      type: 'object',
      properties: { namespace: { type: 'string' }, 'a-b': { type: 'string' } },
      ...rule('self.__namespace__ == "x" && self.a__dash__b == "y"'),
    };
    assert.deepEqual(check(schema, { namespace: 'x', 'a-b': 'y' }), []);
  });
});
