import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { ThrottledSender } from '../../../src/discovery/throttled-sender.ts';
import type { Throttle } from '../../../src/discovery/throttled-sender.ts';

/** Times of sends in milliseconds since the start; each wait is as long as its middle. */
function create(throttle: Throttle): { clock: FakeClock; sender: ThrottledSender; sentAt: number[] } {
  const clock = new FakeClock();
  const sentAt: number[] = [];
  const send = (): boolean => {
    sentAt.push(clock.monotonic());
    return true;
  };
  return { clock, sentAt, sender: new ThrottledSender({ clock, random: () => 0.5, throttle, send }) };
}

describe('ThrottledSender', () => {
  it('sends soon after a quiet time, and makes one of triggers that come together', async () => {
    const { clock, sender, sentAt } = create('backoff');
    sender.trigger();
    sender.trigger();
    await clock.advance(60_000);
    assert.deepEqual(sentAt, [100]);
    sender.trigger();
    await clock.advance(1000);
    assert.deepEqual(sentAt, [100, 60_100]);
  });

  it('waits longer and longer while it is busy, at most five seconds', async () => {
    const { clock, sender, sentAt } = create('backoff');
    for (let step = 0; step < 600; step += 1) {
      sender.trigger();
      await clock.advance(50);
    }
    const gaps = sentAt.slice(1).map((at, index) => Math.round(at - (sentAt[index] ?? 0)));
    assert.deepEqual(gaps.slice(0, 3), [150, 225, 338]);
    assert.equal(gaps.at(-1), 5000);
  });

  it('keeps a beat of five seconds for old versions', async () => {
    const { clock, sender, sentAt } = create('ticker');
    sender.trigger();
    await clock.advance(7000);
    sender.trigger();
    await clock.advance(10_000);
    assert.deepEqual(sentAt, [5000, 10_000]);
  });
});
