import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Backoff } from '../../../src/base/backoff.ts';

describe('Backoff', () => {
  it('doubles up to its cap, and begins anew after a reset', () => {
    const backoff = new Backoff({ initialMs: 100, maxMs: 500, random: () => 0.5 });
    assert.deepEqual([backoff.next(), backoff.next(), backoff.next(), backoff.next()], [100, 200, 400, 500]);
    assert.equal(backoff.failures, 4);
    backoff.reset();
    assert.equal(backoff.failures, 0);
    assert.equal(backoff.next(), 100);
  });

  it('adds jitter below the cap and never goes above it', () => {
    const backoff = new Backoff({ initialMs: 100, maxMs: 350, factor: 3, jitter: 0.5, random: () => 0.8 });
    assert.deepEqual([backoff.next(), backoff.next()], [140, 350]);
  });

  it('stays at its cap however often it failed', () => {
    const backoff = new Backoff({ initialMs: 100, maxMs: 500, random: () => 0 });
    for (let failure = 0; failure < 2000; failure += 1) backoff.next();
    assert.equal(backoff.next(), 500);
  });
});
