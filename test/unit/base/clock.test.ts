import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { createSystemClock } from '../../../src/base/clock.ts';
import type { Clock } from '../../../src/base/clock.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';

const day = 86_400_000;
/** Of Node's timers; the mocked ones move to the end of a tick before they fire, so a tick has to end there. */
const longest = 2 ** 31 - 1;

interface Subject {
  readonly clock: Clock;
  readonly pass: (ms: number) => Promise<void>;
}

/** Both clocks have one contract. Node's own timers are replaced by those of node:test, which overflow as they do. */
const subjects: Readonly<Record<string, () => Subject>> = {
  'the system clock': () => ({
    clock: createSystemClock(),
    pass: (ms) => {
      mock.timers.tick(ms);
      return Promise.resolve();
    },
  }),
  'the fake clock': () => {
    const clock = new FakeClock();
    return { clock, pass: (ms) => clock.advance(ms) };
  },
};

for (const [name, create] of Object.entries(subjects)) {
  describe(name, () => {
    beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
    afterEach(() => mock.timers.reset());

    it('fires once, after the time and not before', async () => {
      const { clock, pass } = create();
      let fired = 0;
      clock.schedule(100, () => (fired += 1));
      await pass(99);
      assert.equal(fired, 0);
      await pass(1);
      assert.equal(fired, 1);
      await pass(1000);
      assert.equal(fired, 1);
    });

    it('waits as long as it is told, also longer than 24.8 days', async () => {
      const { clock, pass } = create();
      let fired = 0;
      clock.schedule(30 * day, () => (fired += 1));
      await pass(1000);
      assert.equal(fired, 0, 'Node fires a timer above 2^31 - 1 ms at once');
      await pass(longest - 1000);
      assert.equal(fired, 0);
      await pass(30 * day - longest - 1);
      assert.equal(fired, 0);
      await pass(1);
      assert.equal(fired, 1);
      await pass(60 * day);
      assert.equal(fired, 1);
    });

    it('never fires after an endless wait, nor one that was cancelled at any time', async () => {
      const { clock, pass } = create();
      let fired = 0;
      const count = (): void => void (fired += 1);
      clock.schedule(Number.POSITIVE_INFINITY, count);
      const short = clock.schedule(10, count);
      const long = clock.schedule(80 * day, count);
      short.cancel();
      await pass(40 * day);
      long.cancel();
      long.cancel();
      await pass(100 * day);
      assert.equal(fired, 0);
    });

    it('takes less than nothing for at once, and refuses what is no number', async () => {
      const { clock, pass } = create();
      let fired = 0;
      clock.schedule(-5, () => (fired += 1));
      assert.equal(fired, 0, 'never synchronously');
      await pass(1);
      assert.equal(fired, 1);
      assert.throws(() => clock.schedule(Number.NaN, () => undefined), /Cannot wait: the time is no number/);
    });
  });
}
