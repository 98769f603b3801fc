import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../../src/base/json.ts';
import { DecodeError, conform } from '../../../../src/sandbox/schema/conform.ts';
import { parseTypeTable } from '../../../../src/sandbox/schema/type-table.ts';

const types = parseTypeTable([
  `
# a comment
Thing name*:s+ count:i? flag:b size:q when:t+ micro:u bytes:y port:x inner:Inner+ pointer:Inner? list:[Inner]=name
  labels:{s} any:o
Inner name*:s+ value:s
`,
]);
const thing = (value: JsonObject): JsonObject => conform(value, types.get('Thing') ?? {}).object;
const always = { name: '', when: null, inner: { name: '' } };

describe('conform', () => {
  it('fills in what Go always encodes and drops zero values', () => {
    assert.deepEqual(thing({ flag: false, labels: {}, list: [] }), always);
  });

  it('keeps zero values of pointers and drops null', () => {
    assert.deepEqual(thing({ count: 0, pointer: {}, flag: null }), { ...always, count: 0, pointer: { name: '' } });
  });

  it('names unknown fields by their path and drops them', () => {
    const { object, unknown } = conform({ colour: 'red', list: [{ name: 'a', shade: 1 }] }, types.get('Thing') ?? {});
    assert.deepEqual(unknown, ['colour', 'list[0].shade']);
    assert.deepEqual(object, { ...always, list: [{ name: 'a' }] });
  });

  it('leaves free objects as they are', () => {
    assert.deepEqual(thing({ any: { a: { b: [null, 0] } } }).any, { a: { b: [null, 0] } });
  });

  it('writes quantities and times in their canonical form', () => {
    const { size, when, micro } = thing({
      size: '1024Mi',
      when: '2026-01-01T02:00:00.5+02:00',
      micro: '2026-01-01T00:00:00.123456Z',
    });
    assert.deepEqual([size, when, micro], ['1Gi', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456Z']);
  });

  const refused: readonly [string, JsonObject, RegExp][] = [
    [
      'a string for a number',
      { count: 'two' },
      /cannot unmarshal string into Go struct field Thing\.count of type int32/,
    ],
    ['a number out of range', { count: 2 ** 31 }, /cannot unmarshal number 2147483648/],
    ['a fraction for an integer', { count: 1.5 }, /cannot unmarshal number 1\.5/],
    [
      'a list for a struct',
      { inner: [] },
      /cannot unmarshal array into Go struct field Thing\.inner of type v1\.Inner/,
    ],
    ['an object for a list', { list: {} }, /of type \[\]v1\.Inner/],
    ['a boolean for an int-or-string', { port: true }, /cannot unmarshal bool/],
    ['bytes that are no base64', { bytes: '***' }, /illegal base64 data at input byte 0/],
    ['a quantity that is none', { size: 'big' }, /quantities must match/],
    [
      'a time without the microseconds that its type has',
      { micro: '2026-01-01T00:00:00Z' },
      /as "2006-01-02T15:04:05\.000000Z07:00"/,
    ],
    ['a time that is none', { when: 'now' }, /parsing time "now"/],
    [
      'a wrong type deep inside',
      { list: [{ name: 1 }] },
      /cannot unmarshal number into Go struct field Inner\.list\.name/,
    ],
  ];
  for (const [what, value, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => thing(value),
        (error) => error instanceof DecodeError && message.test(error.message),
      );
    });
  }
});

describe('type table', () => {
  it('refuses a malformed field and an unknown type', () => {
    assert.throws(() => parseTypeTable(['A b']), SyntaxError);
    assert.throws(() => parseTypeTable(['A b:Nothing']), /Unknown type "Nothing"/);
  });

  it('numbers fields in order, with leaps and embedded messages', () => {
    const table = parseTypeTable(['A one:s two:s#4.1 three:s#5 four:s']);
    assert.deepEqual(table.get('A')?.numbers, { one: '1', two: '4.1', three: '5', four: '6' });
  });
});
