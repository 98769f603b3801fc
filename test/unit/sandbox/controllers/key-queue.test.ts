import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { KeyQueue } from '../../../../src/sandbox/controllers/key-queue.ts';

function createQueue(sync: (key: string) => void = () => undefined) {
  const clock = new FakeClock();
  const seen: string[] = [];
  const errors: unknown[] = [];
  const queue = new KeyQueue(
    clock,
    (key) => {
      seen.push(key);
      sync(key);
    },
    (error) => errors.push(error),
  );
  return { clock, queue, seen, errors };
}

describe('the queue of a controller', () => {
  it('hands a key on at the next turn, once however often it was added', async () => {
    const { clock, queue, seen } = createQueue();
    for (const key of ['a', 'b', 'a']) queue.add(key);
    assert.deepEqual(seen, []);
    await clock.advance(0);
    assert.deepEqual(seen, ['a', 'b']);
  });

  it('hands a key on again when it is added during its turn', async () => {
    let more = 1;
    const { clock, queue, seen } = createQueue((key) => {
      if (more > 0) queue.add(key);
      more -= 1;
    });
    queue.add('a');
    await clock.advance(0);
    assert.deepEqual(seen, ['a', 'a']);
  });

  it('keeps the earliest of several later times', async () => {
    const { clock, queue, seen } = createQueue();
    for (const ms of [500, 100, 900]) queue.addAfter('a', ms);
    await clock.advance(100);
    assert.deepEqual(seen, ['a']);
    await clock.advance(1_000);
    assert.deepEqual(seen, ['a']);
  });

  it('tries a failed key again, later each time, and reports each failure', async () => {
    let failures = 3;
    const { clock, queue, seen, errors } = createQueue(() => {
      failures -= 1;
      if (failures >= 0) throw new Error('no');
    });
    queue.add('a');
    await clock.advance(19);
    assert.equal(seen.length, 1);
    await clock.advance(1);
    assert.equal(seen.length, 2);
    await clock.advance(40 + 80);
    assert.deepEqual([seen.length, errors.length, clock.pending], [4, 3, 0]);
  });

  it('does nothing and leaves no timers after stop', async () => {
    const { clock, queue, seen } = createQueue();
    queue.add('a');
    queue.addAfter('b', 10);
    queue.stop();
    queue.add('c');
    queue.addAfter('d', 10);
    await clock.advance(100);
    assert.deepEqual([seen, clock.pending], [[], 0]);
  });
});
