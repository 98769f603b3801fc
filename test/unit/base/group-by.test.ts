import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupBy } from '../../../src/base/group-by.ts';

describe('groups of items', () => {
  it('have keys and items in the order in which they come', () => {
    const groups = groupBy(['bb', 'a', 'cc', 'd'], ({ length }) => length);
    assert.deepEqual(
      [...groups],
      [
        [2, ['bb', 'cc']],
        [1, ['a', 'd']],
      ],
    );
  });

  it('are none of nothing', () => assert.equal(groupBy([], String).size, 0));
});
