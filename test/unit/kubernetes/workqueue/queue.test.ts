import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { createQueue } from '../../../../src/kubernetes/workqueue/queue.ts';
import type { Queue, QueueItem } from '../../../../src/kubernetes/workqueue/queue.ts';

function makeQueue(): Queue {
  return createQueue({ name: 'test', clock: new FakeClock() });
}

/** What a `get` gives right now; "waiting" when it gives nothing. */
async function peek(promise: Promise<QueueItem>): Promise<string> {
  const nothing = new Promise<string>((resolve) => setImmediate(() => resolve('waiting')));
  return Promise.race([promise.then((item) => (item === 'shutdown' ? item : item.key)), nothing]);
}

describe('queue', () => {
  it('hands out keys in the order in which they were added, each once', async () => {
    const queue = makeQueue();
    for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
    assert.equal(queue.length, 3);
    assert.deepEqual([await peek(queue.get()), await peek(queue.get()), await peek(queue.get())], ['a', 'b', 'c']);
    assert.equal(queue.length, 0);
  });

  it('lets a worker wait for the next key', async () => {
    const queue = makeQueue();
    const got = queue.get();
    assert.equal(await peek(got), 'waiting');
    queue.add('a');
    assert.equal(await peek(got), 'a');
  });

  it('never hands one key to two workers, and hands it out again when it was added meanwhile', async () => {
    const queue = makeQueue();
    queue.add('a');
    assert.equal(await peek(queue.get()), 'a');
    const second = queue.get();
    queue.add('a');
    queue.add('a');
    assert.equal(await peek(second), 'waiting');
    assert.equal(queue.length, 0);
    queue.done('a');
    assert.equal(await peek(second), 'a');
    queue.done('a');
    assert.equal(await peek(queue.get()), 'waiting');
  });

  it('lets two workers work through many keys, each key by one at a time and none lost', async () => {
    const queue = makeQueue();
    const running = new Set<string>();
    const runs = new Map<string, number>();
    const work = async (): Promise<void> => {
      for (let item = await queue.get(); item !== 'shutdown'; item = await queue.get()) {
        assert.ok(!running.has(item.key), `two workers on ${item.key}`);
        running.add(item.key);
        runs.set(item.key, (runs.get(item.key) ?? 0) + 1);
        await new Promise((resolve) => setImmediate(resolve));
        running.delete(item.key);
        queue.done(item.key);
      }
    };
    const workers = [work(), work()];
    for (let round = 0; round < 3; round += 1) {
      for (let key = 0; key < 1500; key += 1) queue.add(`key-${key}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    queue.shutDown();
    await Promise.all(workers);
    assert.equal(runs.size, 1500);
    assert.equal(queue.length, 0);
  });

  it('ignores done for a key that nobody works on', async () => {
    const queue = makeQueue();
    queue.done('a');
    queue.add('a');
    queue.done('a');
    assert.equal(await peek(queue.get()), 'a');
  });

  it('after shut-down takes no keys, hands out those that wait, then says so to every worker', async () => {
    const queue = makeQueue();
    queue.add('a');
    queue.shutDown();
    queue.add('b');
    assert.equal(queue.isShuttingDown, true);
    assert.equal(await peek(queue.get()), 'a');
    assert.equal(await peek(queue.get()), 'shutdown');
    assert.equal(await peek(queue.get()), 'shutdown');
  });

  it('wakes waiting workers at shut-down', async () => {
    const queue = makeQueue();
    const waiting = [queue.get(), queue.get()];
    queue.shutDown();
    assert.deepEqual(await Promise.all(waiting), ['shutdown', 'shutdown']);
  });

  it('drains: resolves when the last key is done, and a key that comes again meanwhile is worked on', async () => {
    const queue = makeQueue();
    queue.add('a');
    assert.equal(await peek(queue.get()), 'a');
    queue.add('a');
    let drained = false;
    const drain = queue.shutDownWithDrain().then(() => (drained = true));
    const next = queue.get();
    assert.equal(await peek(next), 'waiting');
    queue.done('a');
    assert.equal(await peek(next), 'a');
    assert.equal(drained, false);
    queue.done('a');
    await drain;
    assert.equal(await peek(queue.get()), 'shutdown');
  });

  it('drains at once when there is nothing to do', async () => {
    await makeQueue().shutDownWithDrain();
  });
});
