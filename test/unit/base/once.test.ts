import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { once } from '../../../src/base/once.ts';

describe('once', () => {
  it('works out a value at the first call, undefined too, and keeps it', () => {
    let calls = 0;
    const open = once((): string | undefined => {
      calls += 1;
      return undefined;
    });
    assert.equal(calls, 0);
    assert.deepEqual([open(), open(), calls], [undefined, undefined, 1]);
  });

  it('tries again after a failure', () => {
    let calls = 0;
    const open = once(() => {
      calls += 1;
      if (calls === 1) throw new Error('not yet');
      return calls;
    });
    assert.throws(open, /not yet/);
    assert.deepEqual([open(), open()], [2, 2]);
  });
});
