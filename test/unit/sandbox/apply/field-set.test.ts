import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decodeFieldSet,
  emptySet,
  encodeFieldSet,
  equalSets,
  intersect,
  membersOf,
  renderPath,
  subtract,
  unite,
  withoutBranches,
} from '../../../../src/sandbox/apply/field-set.ts';
import type { FieldSet } from '../../../../src/sandbox/apply/field-set.ts';

const read = (fields: object): FieldSet => decodeFieldSet(fields) ?? emptySet;
const one = { 'f:a': {}, 'f:b': { '.': {}, 'f:c': {} } };
const two = { 'f:b': { 'f:c': {}, 'f:d': {} } };

describe('field sets', () => {
  it('come back from FieldsV1 as they were', () => {
    assert.deepEqual(encodeFieldSet(read(one)), one);
    assert.deepEqual(encodeFieldSet(read({})), {});
  });

  it('unite, subtract and intersect member by member', () => {
    assert.deepEqual(encodeFieldSet(unite(read(one), read(two))), {
      'f:a': {},
      'f:b': { '.': {}, 'f:c': {}, 'f:d': {} },
    });
    assert.deepEqual(encodeFieldSet(subtract(read(one), read(two))), { 'f:a': {}, 'f:b': {} });
    assert.deepEqual(encodeFieldSet(intersect(read(one), read(two))), { 'f:b': { 'f:c': {} } });
    assert.equal(equalSets(read(one), unite(read(one), emptySet)), true);
    assert.equal(equalSets(read(one), read(two)), false);
  });

  it('lose whole branches', () => {
    assert.deepEqual(encodeFieldSet(withoutBranches(read(one), [['f:b', 'f:c'], ['f:a']])), { 'f:b': {} });
  });

  it('show their members as paths', () => {
    const set = read({
      'f:spec': {
        'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {} } },
        'f:set': { 'v:"x"': {} },
      },
    });
    assert.deepEqual(membersOf(set).map(renderPath), [
      '.spec.ports[port=80,protocol="TCP"]',
      '.spec.ports[port=80,protocol="TCP"].name',
      '.spec.set[="x"]',
    ]);
  });

  it('are refused when they are malformed', () => {
    assert.equal(decodeFieldSet({ 'x:a': {} }), undefined);
    assert.equal(decodeFieldSet({ 'f:a': 1 }), undefined);
  });
});
