import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../src/base/interruptible.ts';
import type { Interruptible } from '../../../src/base/interruptible.ts';
import { Turns } from '../../../src/runtime/turns.ts';

/** Turns of 20 ms on a clock that only work moves; what happens is noted, in its order. */
function createWorld() {
  const state = { now: 0, log: [] as string[] };
  const turns = new Turns({
    monotonic: () => state.now,
    rest: () => {
      state.log.push('rest');
      return new Promise((resolve) => setImmediate(resolve));
    },
    budgetMs: 20,
  });
  /** `pieces` of so many milliseconds. */
  function* work(name: string, pieces: readonly number[]): Interruptible<string> {
    for (const ms of pieces) {
      state.now += ms;
      state.log.push(`${name} ${ms}`);
      yield;
    }
    return `${name} done`;
  }
  return { state, turns, work };
}

describe('Turns', () => {
  it('rests once the budget of a turn is used, and goes on where it was', async () => {
    const { state, turns, work } = createWorld();
    assert.equal(await turns.run(work('a', [8, 8, 8, 30, 1])), 'a done');
    assert.deepEqual(state.log, ['a 8', 'a 8', 'a 8', 'rest', 'a 30', 'rest', 'a 1']);
  });

  it('does not rest for what is quick, also when it is the last piece that is slow', async () => {
    const { state, turns, work } = createWorld();
    await turns.run(work('a', [5]));
    await turns.run(work('b', [5]));
    assert.deepEqual(state.log, ['a 5', 'b 5']);
  });

  it('counts the time since the last rest, whoever used it', async () => {
    const { state, turns, work } = createWorld();
    await turns.run(work('a', [19]));
    await turns.run(work('b', [5, 5]));
    assert.deepEqual(state.log, ['a 19', 'b 5', 'rest', 'b 5']);
  });

  it('lets all that compute take turns, and never two of them without a rest', async () => {
    const { state, turns, work } = createWorld();
    const all = await Promise.all([
      turns.run(work('a', [20, 20, 20])),
      turns.run(work('b', [20, 1])),
      turns.run(work('c', [1])),
    ]);
    assert.deepEqual(all, ['a done', 'b done', 'c done']);
    assert.deepEqual(state.log, ['a 20', 'rest', 'a 20', 'rest', 'b 20', 'rest', 'c 1', 'a 20', 'rest', 'b 1']);
  });

  it('lets the event loop serve others between two turns', async () => {
    const { state, turns, work } = createWorld();
    const timer = new Promise<void>((resolve) =>
      setImmediate(() => {
        state.log.push('timer');
        resolve();
      }),
    );
    await Promise.all([turns.run(work('a', [20, 20])), timer]);
    assert.deepEqual(state.log, ['a 20', 'rest', 'timer', 'a 20', 'rest']);
  });

  it('rejects with what the work throws, at once or after a rest, and serves the next', async () => {
    const { turns, work } = createWorld();
    function* fail(pieces: readonly number[]): Interruptible<never> {
      yield* work('x', pieces);
      throw new RangeError('no');
    }
    await assert.rejects(turns.run(fail([])), new RangeError('no'));
    const [failed, done] = await Promise.allSettled([turns.run(fail([30])), turns.run(work('a', [1]))]);
    assert.equal(failed.status, 'rejected');
    assert.deepEqual(done, { status: 'fulfilled', value: 'a done' });
  });
});

describe('complete()', () => {
  it('does all of the work at once', () => {
    const { state, work } = createWorld();
    assert.equal(complete(work('a', [30, 30])), 'a done');
    assert.deepEqual(state.log, ['a 30', 'a 30']);
  });
});
