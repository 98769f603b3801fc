import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareBytes, sortEntries } from '../../../src/base/order.ts';

describe('compareBytes()', () => {
  it('orders as the bytes of UTF-8 do', () => {
    const texts = ['', 'a', 'ab', 'a-b/x', 'a/x', 'B', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}', 'é'];
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    assert.deepEqual([...texts].reverse().sort(compareBytes), byBytes);
    assert.equal(compareBytes('same', 'same'), 0);
  });
});

describe('sortEntries()', () => {
  it('gives the entries in byte order, integers included', () => {
    assert.deepEqual(
      [...sortEntries({ b: 1, '9': 2, '10': 3 })],
      [
        ['10', 3],
        ['9', 2],
        ['b', 1],
      ],
    );
  });
});
