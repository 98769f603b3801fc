import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Action } from './action.ts';
import { shrinkScript } from './shrink.ts';
import { compareStates } from './state.ts';
import { ProcessClock, SimulatedTime } from './time.ts';

describe('SimulatedTime', () => {
  it('fires timers in the order of their times, then of their making', async () => {
    const time = new SimulatedTime();
    const fired: string[] = [];
    for (const [name, ms] of [
      ['c', 30],
      ['a', 10],
      ['b', 10],
      ['d', 40],
    ] as const)
      time.schedule(ms, () => fired.push(name));
    time.schedule(20, () => fired.push('never')).cancel();
    await time.advance(35);
    assert.deepEqual(fired, ['a', 'b', 'c']);
    assert.equal(time.pending, 1);
  });

  it('keeps the order of thousands, with cancelled ones among them', async () => {
    const time = new SimulatedTime();
    const fired: number[] = [];
    for (let at = 0; at < 3000; at += 1) {
      const ms = (at * 7919) % 1000;
      const timer = time.schedule(ms, () => fired.push(ms));
      if (at % 3 > 0) timer.cancel();
    }
    await time.advance(1000);
    assert.equal(fired.length, 1000);
    assert.deepEqual(
      fired,
      fired.toSorted((a, b) => a - b),
    );
  });

  it('lets due timers fire late after a sleep, and leaves them alone when the wall clock is set', async () => {
    const time = new SimulatedTime();
    let firedAt = -1;
    time.schedule(100, () => (firedAt = time.monotonic()));
    time.setWallClock(3_600_000);
    await time.advance(50);
    assert.equal(firedAt, -1);
    time.sleep(30_000);
    await time.advance(0);
    assert.equal(firedAt, 30_050);
  });

  it('finds a busy loop, and lets long waits wait', async () => {
    const time = new SimulatedTime();
    let fired = 0;
    time.schedule(30 * 86_400_000, () => (fired += 1));
    await time.advance(29 * 86_400_000);
    assert.equal(fired, 0);
    const again = (): void => void time.schedule(1, again);
    again();
    await assert.rejects(time.advance(60_000), /Busy loop/);
  });

  it('has nothing more of a process that was killed', async () => {
    const time = new SimulatedTime();
    const clock = new ProcessClock(time);
    let fired = 0;
    clock.schedule(10, () => (fired += 1));
    clock.kill();
    clock.schedule(10, () => (fired += 1));
    await time.advance(100);
    assert.deepEqual([fired, time.pending], [0, 0]);
  });
});

describe('shrinkScript', () => {
  const action = (ms: number): Action => ({ do: 'sleep', ms, thenMs: 50 });
  const script = {
    seed: 1,
    flags: {},
    replicas: 1,
    pods: false,
    mends: false,
    actions: Array.from({ length: 40 }, (_, at) => action(at)),
  };

  it('leaves only the actions, and the pauses, without which it does not fail', async () => {
    const fails = ({ actions }: { actions: readonly Action[] }): Promise<boolean> => {
      const at = (ms: number): number => actions.findIndex((one) => one.do === 'sleep' && one.ms === ms);
      return Promise.resolve(at(3) >= 0 && at(17) > at(3) && actions[at(17)]?.thenMs === 50);
    };
    const { actions } = await shrinkScript(script, { fails, budget: 1000 });
    assert.deepEqual(actions, [
      { do: 'sleep', ms: 3, thenMs: 0 },
      { do: 'sleep', ms: 17, thenMs: 50 },
    ]);
  });

  it('stops when the budget is used up', async () => {
    let tries = 0;
    await shrinkScript(script, { fails: () => Promise.resolve((tries += 1) < 0), budget: 7 });
    assert.equal(tries, 7);
  });
});

describe('compareStates', () => {
  it('names what is missing, what is too much and the first place that differs', () => {
    const actual = new Map<string, unknown>([
      ['Secret a/one', { data: { key: 'old' } }],
      ['Secret a/two', {}],
    ]);
    const expected = new Map<string, unknown>([
      ['Secret a/one', { data: { key: 'new' } }],
      ['Secret a/three', {}],
    ]);
    assert.deepEqual(compareStates(actual, expected), [
      'Secret a/one.data.key: is "old", a fresh operator has "new"',
      'Secret a/three: a fresh operator would have it',
      'Secret a/two: a fresh operator would not have it',
    ]);
    assert.deepEqual(compareStates(expected, expected), []);
  });
});
