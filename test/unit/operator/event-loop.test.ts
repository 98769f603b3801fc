import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { createSystemClock } from '../../../src/base/clock.ts';
import { EventLoopWatch } from '../../../src/operator/event-loop.ts';
import { createEventLoopMetrics } from '../../../src/operator/metrics/event-loop-metrics.ts';
import { createRegistry } from '../../../src/operator/metrics/registry.ts';

/** A watch that finds, at each look, what stands in `turns`; nothing when there is none left. */
function watchTurns(turns: number[]) {
  const clock = new FakeClock();
  const seen: number[] = [];
  const stop = new AbortController();
  let closed = false;
  const meter = { takeLongestMs: () => turns.shift() ?? 0, close: () => void (closed = true) };
  const watch = new EventLoopWatch({ clock, openMeter: () => meter, observe: (ms) => void seen.push(ms) });
  const ended = watch.run(stop.signal);
  return { clock, watch, seen, stop, ended, isClosed: () => closed };
}

describe('EventLoopWatch', () => {
  it('is well while no turn is long, and tells of each second', async () => {
    const { clock, watch, seen } = watchTurns([3, 900, 49]);
    await clock.advance(3_000);
    assert.deepEqual(seen, [3, 900, 49]);
    assert.deepEqual(watch.check(), { name: 'event loop', ok: true, message: 'free' });
  });

  it('outlives one long first sync', async () => {
    const { clock, watch } = watchTurns([50_000]);
    await clock.advance(1_000);
    const message = 'held for 50 s of the last 120 s, by turns of more than 1 s';
    assert.deepEqual(watch.check(), { name: 'event loop', ok: true, message });
  });

  it('fails while turns of some seconds take half of the time, and is well again when they have ended', async () => {
    const { clock, watch } = watchTurns(Array.from({ length: 20 }, () => 3_000));
    await clock.advance(19_000);
    assert.equal(watch.check().ok, true);
    await clock.advance(1_000);
    assert.deepEqual(watch.check(), {
      name: 'event loop',
      ok: false,
      message: 'held for 60 s of the last 120 s, by turns of more than 1 s',
    });
    await clock.advance(100_000);
    assert.equal(watch.check().ok, false);
    await clock.advance(1_000);
    assert.equal(watch.check().ok, true);
    await clock.advance(20_000);
    assert.equal(watch.check().message, 'free');
  });

  it('ends with its signal and closes what measures', async () => {
    const { stop, ended, isClosed } = watchTurns([]);
    stop.abort(new Error('stopped'));
    await ended;
    assert.equal(isClosed(), true);
  });

  it('sees the real event loop held, in the metric, too', async () => {
    const registry = createRegistry(false);
    const observe = createEventLoopMetrics(registry);
    const stop = new AbortController();
    let longest = 0;
    const watch = new EventLoopWatch({
      clock: createSystemClock(),
      observe: (ms) => {
        observe(ms);
        longest = Math.max(longest, ms);
        if (longest > 200) stop.abort(new Error('seen'));
      },
    });
    const ended = watch.run(stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const until = performance.now() + 300;
    while (performance.now() < until);
    await ended;
    assert.ok(longest > 200 && longest < 60_000, `${longest} ms`);
    assert.match(await registry.metrics(), /^stoker_event_loop_delay_seconds_bucket\{le="0.05"\} \d+$/m);
  });
});
