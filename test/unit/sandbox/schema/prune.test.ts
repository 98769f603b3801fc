import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applySchemaDefaults, pruneUnknown } from '../../../../src/sandbox/schema/prune.ts';
import type { Schema } from '../../../../src/sandbox/schema/schema.ts';

const schema: Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      default: {},
      properties: {
        mode: { type: 'string', default: 'off' },
        maybe: { type: 'string', nullable: true, default: 'x' },
        list: { type: 'array', items: { type: 'object', properties: { level: { type: 'integer', default: 3 } } } },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { n: { type: 'object' } } },
        map: { type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'string' } } } },
      },
    },
  },
};

describe('defaults of a schema', () => {
  it('are filled in, in what they bring too, in elements and in place of null', () => {
    const value = { spec: { mode: null, maybe: null, list: [{}, { level: 1 }] } };
    applySchemaDefaults(value, schema);
    assert.deepEqual(value, { spec: { mode: 'off', maybe: null, list: [{ level: 3 }, { level: 1 }] } });
    const empty = {};
    applySchemaDefaults(empty, schema);
    assert.deepEqual(empty, { spec: { mode: 'off', maybe: 'x' } });
  });

  it('are copied: two objects do not share them', () => {
    const [one, two]: Record<string, Record<string, unknown>>[] = [{}, {}];
    applySchemaDefaults(one, schema);
    applySchemaDefaults(two, schema);
    assert.notEqual(one?.spec, two?.spec);
  });

  it('leave out null where neither null nor a default is known', () => {
    const value = { spec: { free: null } };
    applySchemaDefaults(value, schema);
    assert.equal('free' in value.spec, false);
  });
});

describe('pruning', () => {
  it('removes unknown fields, keeps what is preserved, and says where', () => {
    const value = {
      kind: 'X',
      extra: 1,
      spec: {
        other: 1,
        free: { any: 1, n: { deep: 1 } },
        list: [{ bad: 1 }],
        map: { one: { a: 'x', b: 1 } },
      },
    };
    const paths = pruneUnknown(value, schema);
    assert.deepEqual(paths.sort(), ['extra', 'spec.free.n.deep', 'spec.list[0].bad', 'spec.map.one.b', 'spec.other']);
    assert.deepEqual(value, {
      kind: 'X',
      spec: {
        free: { any: 1, n: {} },
        list: [{}],
        map: { one: { a: 'x' } },
      },
    });
  });
});
