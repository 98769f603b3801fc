import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import {
  createBucketLimiter,
  createDefaultLimiter,
  createItemExponentialLimiter,
  createMaxOfLimiter,
} from '../../../../src/kubernetes/workqueue/rate-limiters.ts';
import { createRateLimitingQueue } from '../../../../src/kubernetes/workqueue/rate-limiting-queue.ts';

describe('rate limiters', () => {
  it('let each key wait 5 ms × 2^failures by itself, up to 1000 s', () => {
    const limiter = createItemExponentialLimiter({ baseMs: 5, maxMs: 1_000_000 });
    assert.deepEqual(
      ['a', 'a', 'a', 'b'].map((key) => limiter.when(key)),
      [5, 10, 20, 5],
    );
    assert.equal(limiter.numRequeues('a'), 3);
    for (let failure = 0; failure < 2000; failure += 1) limiter.when('a');
    assert.equal(limiter.when('a'), 1_000_000);
    limiter.forget('a');
    assert.equal(limiter.numRequeues('a'), 0);
    assert.equal(limiter.when('a'), 5);
  });

  it('let a burst pass and then so many a second', async () => {
    const clock = new FakeClock();
    const limiter = createBucketLimiter({ perSecond: 10, burst: 3, clock });
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e'].map((key) => limiter.when(key)),
      [0, 0, 0, 100, 200],
    );
    await clock.advance(10_000);
    assert.deepEqual([limiter.when('a'), limiter.numRequeues('a')], [0, 0]);
    limiter.forget('a');
  });

  it('combine to the longest wait and the highest count', () => {
    const slow = createItemExponentialLimiter({ baseMs: 50, maxMs: 60 });
    const limiter = createMaxOfLimiter(createItemExponentialLimiter({ baseMs: 5, maxMs: 1000 }), slow);
    assert.deepEqual([limiter.when('a'), limiter.when('a')], [50, 60]);
    assert.equal(limiter.numRequeues('a'), 2);
    limiter.forget('a');
    assert.equal(slow.numRequeues('a'), 0);
  });

  it('default to client-go: after 100 keys at once, 10 a second', () => {
    const limiter = createDefaultLimiter(new FakeClock());
    const waits = Array.from({ length: 102 }, (_, index) => limiter.when(`key-${index}`));
    assert.deepEqual(waits.slice(98), [5, 5, 100, 200]);
  });
});

describe('rate limiting queue', () => {
  it('brings a key back later with each failure, and soon again once it was forgotten', async () => {
    const clock = new FakeClock();
    const queue = createRateLimitingQueue({ name: 'test', clock });
    for (const wait of [5, 10, 20]) {
      queue.addRateLimited('a');
      await clock.advance(wait - 1);
      assert.equal(queue.length, 0);
      await clock.advance(1);
      assert.deepEqual(await queue.get(), { key: 'a' });
      queue.done('a');
    }
    assert.equal(queue.numRequeues('a'), 3);
    queue.forget('a');
    assert.equal(queue.numRequeues('a'), 0);
    queue.addRateLimited('a');
    await clock.advance(5);
    assert.equal(queue.length, 1);
  });

  it('takes another limiter', async () => {
    const clock = new FakeClock();
    const limiter = createItemExponentialLimiter({ baseMs: 1000, maxMs: 1000 });
    const queue = createRateLimitingQueue({ name: 'test', clock, limiter });
    queue.addRateLimited('a');
    await clock.advance(999);
    assert.equal(queue.length, 0);
    await clock.advance(1);
    assert.equal(queue.length, 1);
  });
});
