import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { DelayingSetQueue } from '../../../../src/kubernetes/workqueue/delaying-queue.ts';

describe('delaying queue', () => {
  it('adds a key when its time has come', async () => {
    const clock = new FakeClock();
    const queue = new DelayingSetQueue({ name: 'test', clock });
    queue.addAfter('a', 1000);
    await clock.advance(999);
    assert.equal(queue.length, 0);
    await clock.advance(1);
    assert.equal(queue.length, 1);
  });

  it('adds a key at once when there is no time to wait', () => {
    const queue = new DelayingSetQueue({ name: 'test', clock: new FakeClock() });
    queue.addAfter('a', 0);
    queue.addAfter('b', -5);
    assert.equal(queue.length, 2);
  });

  it('takes the earliest of several times for one key, and adds it once', async () => {
    const clock = new FakeClock();
    const queue = new DelayingSetQueue({ name: 'test', clock });
    queue.addAfter('a', 1000);
    queue.addAfter('a', 5000);
    queue.addAfter('a', 200);
    await clock.advance(200);
    assert.deepEqual(await queue.get(), { key: 'a' });
    queue.done('a');
    await clock.advance(10_000);
    assert.equal(queue.length, 0);
    assert.equal(clock.pending, 0);
  });

  it('forgets what still waits for its time at shut-down', async () => {
    const clock = new FakeClock();
    const queue = new DelayingSetQueue({ name: 'test', clock });
    queue.addAfter('a', 1000);
    await queue.shutDownWithDrain();
    queue.addAfter('b', 1);
    await clock.advance(2000);
    assert.equal(queue.length, 0);
    assert.equal(clock.pending, 0);
  });
});
