import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listSome } from '../../../src/base/list-some.ts';

describe('some of a list', () => {
  it('are all of it while they are few', () => {
    assert.equal(listSome([]), '');
    assert.equal(listSome(['a', 'b', 'c']), 'a, b, c');
  });

  it('tell how many there are beside', () => {
    assert.equal(listSome(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more');
    assert.equal(listSome(['a', 'b', 'c'], 1), 'a and 2 more');
    assert.equal(listSome(['a b', 'c d', 'e f'], 2, '; '), 'a b; c d; and 1 more');
  });
});
