import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JsonPatchError, applyJsonPatch } from '../../../src/base/json-patch.ts';

describe('JSON patch', () => {
  it('adds, replaces and removes members and elements', () => {
    const document = { a: { b: 1 }, list: [1, 2] };
    const result = applyJsonPatch(document, [
      { op: 'add', path: '/a/c', value: 2 },
      { op: 'replace', path: '/a/b', value: 3 },
      { op: 'add', path: '/list/0', value: 0 },
      { op: 'add', path: '/list/-', value: 9 },
      { op: 'remove', path: '/list/1' },
    ]);
    assert.deepEqual(result, { a: { b: 3, c: 2 }, list: [0, 2, 9] });
    assert.deepEqual(document, { a: { b: 1 }, list: [1, 2] });
  });

  it('moves, copies and tests', () => {
    const result = applyJsonPatch({ a: { x: 1 } }, [
      { op: 'test', path: '/a/x', value: 1 },
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'move', from: '/a/x', path: '/c' },
    ]);
    assert.deepEqual(result, { a: {}, b: { x: 1 }, c: 1 });
  });

  it('reads ~0 and ~1 in pointers and replaces the whole document with ""', () => {
    assert.deepEqual(applyJsonPatch({ 'a/b': 1, 'c~d': 2 }, [{ op: 'remove', path: '/a~1b' }]), { 'c~d': 2 });
    assert.deepEqual(applyJsonPatch({ 'c~d': 2 }, [{ op: 'replace', path: '/c~0d', value: 3 }]), { 'c~d': 3 });
    assert.deepEqual(applyJsonPatch({}, [{ op: 'replace', path: '', value: [1] }]), [1]);
  });

  const refused: readonly [string, Parameters<typeof applyJsonPatch>[1]][] = [
    ['a failed test', [{ op: 'test', path: '/a', value: 2 }]],
    ['a missing member to remove', [{ op: 'remove', path: '/b' }]],
    ['a missing member to replace', [{ op: 'replace', path: '/b', value: 1 }]],
    ['a missing parent', [{ op: 'add', path: '/b/c', value: 1 }]],
    ['an index behind the end', [{ op: 'add', path: '/list/5', value: 1 }]],
    ['an unknown operation', [{ op: 'increment', path: '/a' }]],
    ['a missing value', [{ op: 'add', path: '/a' }]],
    ['a pointer without a slash', [{ op: 'add', path: 'a', value: 1 }]],
  ];
  for (const [what, operations] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => applyJsonPatch({ a: 1, list: [1] }, operations), JsonPatchError);
    });
  }
});
