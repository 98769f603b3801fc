import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { Overview } from '../../../../src/core/overview/overview.ts';
import { Overviewer } from '../../../../src/operator/explain/overviewer.ts';
import { overviewFreshMs, overviewPause, overviewPauseMs } from '../../../../src/operator/limits.ts';

const nothing: Overview = {
  ...{ monitors: [], workloads: [], rules: [], routes: [], rejected: [], permissions: [], notes: [], supposed: [] },
};

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Surveys take `tookMs` of the clock. */
function start(tookMs = 0) {
  const clock = new FakeClock();
  const world = { surveys: 0, why: undefined as string | undefined, failure: undefined as Error | undefined };
  const overviewer = new Overviewer({
    clock,
    logger: silentLogger,
    unavailable: () => world.why,
    survey: async () => {
      world.surveys += 1;
      if (tookMs > 0) await new Promise<void>((resolve) => clock.schedule(tookMs, resolve));
      if (world.failure !== undefined) throw world.failure;
      return { ...nothing, notes: [String(world.surveys)] };
    },
  });
  const pass = async (ms: number): Promise<number> => {
    await clock.advance(ms);
    await settle();
    return world.surveys;
  };
  return { overviewer, clock, world, pass };
}

describe('Overviewer', () => {
  it('works out nothing while nobody wants it', async () => {
    const { overviewer, clock, pass } = start();
    overviewer.noteChange();
    assert.equal(await pass(overviewFreshMs * 2), 0);
    assert.equal(clock.pending, 0);
  });

  it('tells those who subscribe, after each change and from time to time', async () => {
    const { overviewer, pass } = start();
    const told: string[] = [];
    const leave = overviewer.subscribe(({ overview }, last) =>
      told.push(`${last?.overview.notes[0] ?? 'none'} → ${overview.notes[0] ?? ''}`),
    );
    await pass(0);
    assert.deepEqual(told, ['none → 1']);
    overviewer.noteChange();
    await pass(overviewPauseMs);
    assert.deepEqual(told, ['none → 1', '1 → 2']);
    assert.equal(await pass(overviewFreshMs - 1), 2);
    assert.equal(await pass(1), 3);
    leave();
    overviewer.noteChange();
    assert.equal(await pass(overviewFreshMs * 2), 3);
  });

  it('takes a tenth of the time at most, however often something changes', async () => {
    const { overviewer, pass } = start(5_000);
    overviewer.subscribe(() => undefined);
    await pass(5_000);
    overviewer.noteChange();
    assert.equal(await pass(5_000 * overviewPause - 1), 1);
    assert.equal(await pass(1), 2);
  });

  it('gives the last one as long as it is fresh, and to all who ask at a time the same', async () => {
    const { overviewer, world, pass } = start();
    const [one, other] = await Promise.all([overviewer.read(), overviewer.read()]);
    assert.equal(one, other);
    await overviewer.read();
    assert.equal(world.surveys, 1);
    await pass(overviewFreshMs);
    await overviewer.read();
    assert.equal(world.surveys, 2);
  });

  it('keeps the last one when the next fails, and tries again', async () => {
    const { overviewer, world, pass } = start();
    overviewer.subscribe(() => undefined);
    await pass(0);
    world.failure = new Error('away');
    overviewer.noteChange();
    assert.equal(await pass(overviewPauseMs), 2);
    assert.deepEqual((await overviewer.read()).overview.notes, ['1']);
    world.failure = undefined;
    assert.equal(await pass(overviewPauseMs), 3);
  });

  it('waits where nothing can be said', async () => {
    const { overviewer, world, pass } = start();
    world.why = 'this replica does not lead';
    overviewer.subscribe(() => undefined);
    assert.equal(await pass(0), 0);
    world.why = undefined;
    assert.equal(await pass(overviewPauseMs), 1);
  });
});
