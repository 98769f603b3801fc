import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Patterns } from '../../../../src/sandbox/crd/patterns.ts';
import { findNonStructural } from '../../../../src/sandbox/crd/structural.ts';
import { validateSchema } from '../../../../src/sandbox/crd/validate-schema.ts';
import type { Schema } from '../../../../src/sandbox/schema/schema.ts';

const messages = (value: unknown, schema: Schema): string[] =>
  validateSchema(value, schema, 'f', new Patterns()).map(({ field, message }) => `${field}: ${message}`);

describe('validation of custom objects', () => {
  const cases: readonly [string, unknown, Schema, string[]][] = [
    [
      'a number above an exclusive maximum',
      9,
      { type: 'integer', maximum: 9, exclusiveMaximum: true },
      ['f: Invalid value: 9: f in body should be less than 9'],
    ],
    [
      'no multiple',
      5,
      { type: 'integer', multipleOf: 2 },
      ['f: Invalid value: 5: f in body should be a multiple of 2'],
    ],
    [
      'an int32 out of range',
      2 ** 31,
      { type: 'integer', format: 'int32' },
      ['f: Invalid value: 2147483648: Checked value must be of type integer with format int32 in f'],
    ],
    ['letters counted as code points', 'äöü', { type: 'string', maxLength: 3 }, []],
    [
      'a date',
      '2026-13-01',
      { type: 'string', format: 'date' },
      ['f: Invalid value: "2026-13-01": f in body must be of type date: "2026-13-01"'],
    ],
    [
      'an address',
      '1.2.3.400',
      { type: 'string', format: 'ipv4' },
      ['f: Invalid value: "1.2.3.400": f in body must be of type ipv4: "1.2.3.400"'],
    ],
    ['a pattern of Go', 'ABC', { type: 'string', pattern: '(?i)^abc$' }, []],
    ['an unknown format', 'x', { type: 'string', format: 'anything' }, []],
    ['a nullable null', null, { type: 'string', nullable: true }, []],
    [
      'too few properties',
      {},
      { type: 'object', minProperties: 1 },
      ['f: Invalid value: 0: f in body should have at least 1 properties'],
    ],
    [
      'what must not be',
      'a',
      { type: 'string', not: { enum: ['a'] } },
      ['<nil>: Invalid value: "": "f" must not validate the schema (not)'],
    ],
    [
      'two of one',
      'a',
      { type: 'string', oneOf: [{ minLength: 1 }, { maxLength: 5 }] },
      ['<nil>: Invalid value: "": "f" must validate one and only one schema (oneOf). Found 2 valid alternatives'],
    ],
    [
      'all of several',
      'a',
      { type: 'string', allOf: [{ minLength: 2 }] },
      ['f: Invalid value: "a": f in body should be at least 2 chars long'],
    ],
    [
      'any of several, one fits',
      1,
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
      [],
    ],
    [
      'an enum of numbers',
      3,
      { type: 'integer', enum: [1, 2] },
      ['f: Unsupported value: 3: supported values: "1", "2"'],
    ],
  ];
  for (const [what, value, schema, expected] of cases) {
    it(`judges ${what}`, () => {
      assert.deepEqual(messages(value, schema), expected);
    });
  }
});

describe('structural schemas', () => {
  const find = (schema: object): string[] =>
    findNonStructural({ type: 'object', ...schema }, 's').map(({ field, message }) => `${field} ${message}`);

  it('are objects at the root and have a type everywhere', () => {
    assert.match(findNonStructural({}, 's')[0]?.message ?? '', /must not be empty at the root/);
    assert.deepEqual(find({ properties: { a: { items: {} } } }), [
      's.properties[a].type Required value: must not be empty for specified object fields',
      's.properties[a].items.type Required value: must not be empty for specified array items',
    ]);
    assert.deepEqual(find({ additionalProperties: {} }).length, 1);
  });

  it('describe nothing inside combinations', () => {
    assert.deepEqual(find({ anyOf: [{ type: 'object' }] }), [
      's.anyOf[0].type Forbidden: must be empty to be structural',
    ]);
    const intOrString = { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] };
    assert.deepEqual(find({ properties: { port: intOrString } }), []);
  });

  it('have patterns and rules that compile', () => {
    const name = { type: 'string', pattern: '(', 'x-kubernetes-validations': [{ rule: 'self ==' }, { rule: '' }] };
    assert.deepEqual(
      find({ properties: { name } }).map((text) => text.split(' ')[0]),
      [
        's.properties[name].pattern',
        's.properties[name].x-kubernetes-validations[0].rule',
        's.properties[name].x-kubernetes-validations[1].rule',
      ],
    );
  });

  it('name the keys of list maps and have no uniqueItems', () => {
    const list = { type: 'array', items: { type: 'string' }, uniqueItems: true, 'x-kubernetes-list-type': 'map' };
    assert.equal(find({ properties: { list } }).length, 2);
  });
});
