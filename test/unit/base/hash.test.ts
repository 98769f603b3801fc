import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashJson, xxhash64 } from '../../../src/base/hash.ts';

describe('xxhash64', () => {
  it('agrees with published values of every length class', () => {
    const values: [string, string][] = [
      ['', 'ef46db3751d8e999'],
      ['a', 'd24ec4f1a98c6e5b'],
      ['abc', '44bc2cf5ad770999'],
      ['some-secret', '3556f1482319cf54'],
      ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
    ];
    for (const [text, digits] of values) assert.equal(xxhash64(text).toString(16), digits, text);
  });
});

describe('hashJson', () => {
  it('does not see the order of keys nor undefined members', () => {
    assert.equal(hashJson({ a: 1, b: { c: 2, d: [3] } }), hashJson({ b: { d: [3], e: undefined, c: 2 }, a: 1 }));
  });

  it('sees values, the order of lists, and where a value stands', () => {
    const hashes = [{ a: 1 }, { a: 2 }, { a: [1, 2] }, { a: [2, 1] }, { b: 1 }, { a: { b: 1 } }].map(hashJson);
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it('is a decimal number of 64 bits', () => {
    const hash = hashJson({ any: 'thing' });
    assert.match(hash, /^\d+$/);
    assert.ok(BigInt(hash) < 2n ** 64n);
  });
});
