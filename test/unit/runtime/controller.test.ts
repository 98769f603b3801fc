import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TerminalError } from '../../../src/base/errors.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createRateLimitingQueue } from '../../../src/kubernetes/workqueue/rate-limiting-queue.ts';
import { Controller, FencedError } from '../../../src/runtime/controller.ts';
import type { Reconcile, Result } from '../../../src/runtime/controller.ts';

function setUp(reconcile: Reconcile, workers = 2) {
  const clock = new FakeClock();
  const queue = createRateLimitingQueue({ name: 'test', clock });
  const results: Result[] = [];
  const metrics = { observeReconcile: (result: Result) => void results.push(result) };
  const controller = new Controller({ queue, workers, reconcile, clock, logger: silentLogger, metrics });
  const abort = new AbortController();
  controller.start(abort.signal);
  return { clock, queue, results, controller, abort };
}

describe('Controller', () => {
  it('a key that fails comes back later each time and is forgotten when it succeeds', async () => {
    const at: number[] = [];
    const { clock, queue, results } = setUp(() => {
      at.push(clock.monotonic());
      return at.length < 4 ? Promise.reject(new Error('not yet')) : Promise.resolve(undefined);
    });
    queue.add('a/b');
    await clock.advance(1000);
    assert.deepEqual(at, [0, 5, 15, 35]);
    assert.deepEqual(results, ['failed', 'failed', 'failed', 'done']);
    assert.equal(queue.numRequeues('a/b'), 0);
  });

  it('a TerminalError is not tried again', async () => {
    const { clock, queue, results } = setUp(() => Promise.reject(new TerminalError('bad field')));
    queue.add('a/b');
    await clock.advance(100_000);
    assert.deepEqual(results, ['terminal']);
  });

  it('an outcome can ask to be called again', async () => {
    let calls = 0;
    const { clock, queue } = setUp(() => Promise.resolve((calls += 1) < 3 ? { requeueAfterMs: 60_000 } : undefined));
    queue.add('a/b');
    await clock.advance(59_999);
    assert.equal(calls, 1);
    await clock.advance(60_001);
    assert.equal(calls, 3);
  });

  it('two workers never have one key; a key added meanwhile runs once more', async () => {
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const { clock, queue, results } = setUp(async () => {
      most = Math.max(most, (running += 1));
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
      return undefined;
    });
    queue.add('a/b');
    await clock.advance(1);
    queue.add('a/b');
    queue.add('a/b');
    await clock.advance(1);
    assert.equal(ends.length, 1);
    ends[0]?.();
    await clock.advance(1);
    ends[1]?.();
    await clock.advance(1);
    assert.equal(most, 1);
    assert.deepEqual(results, ['done', 'done']);
  });

  it('a sync that the fence refused is tried again: the lease may be kept after all', async () => {
    let calls = 0;
    const { clock, queue, results } = setUp(() =>
      (calls += 1) < 4 ? Promise.reject(new FencedError()) : Promise.resolve(undefined),
    );
    queue.add('a/b');
    await clock.advance(1000);
    assert.deepEqual(results, ['fenced', 'fenced', 'fenced', 'done']);
    assert.equal(queue.numRequeues('a/b'), 0);
  });

  it('a sync that the fence refused is not tried again once the lease is lost', async () => {
    const { clock, queue, results, abort, controller } = setUp(() => Promise.reject(new FencedError()));
    queue.add('a/b');
    await clock.advance(1);
    assert.deepEqual(results, ['fenced']);
    abort.abort(new Error('The lease was lost'));
    const stopped = controller.stop();
    await clock.advance(100_000);
    await stopped;
    assert.deepEqual(results, ['fenced']);
    assert.equal(clock.pending, 0);
  });

  it('stop lets the sync under way end and begins no other', async () => {
    const began: string[] = [];
    const ends: (() => void)[] = [];
    const { clock, queue, controller, abort } = setUp(async (key) => {
      began.push(key);
      await new Promise<void>((resolve) => ends.push(resolve));
      return undefined;
    }, 1);
    queue.add('a/1');
    queue.add('a/2');
    await clock.advance(1);
    abort.abort(new Error('stopped'));
    let hasStopped = false;
    const stopping = controller.stop().then(() => (hasStopped = true));
    await clock.advance(10);
    assert.equal(hasStopped, false);
    ends[0]?.();
    await stopping;
    assert.deepEqual(began, ['a/1']);
  });
});
