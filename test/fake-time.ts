/** How tests wait on a fake clock while sockets, which know nothing of it, are real. Without one: `e2e/support/eventually.ts`. */
import type { FakeClock } from '../src/base/fake-clock.ts';

const stepMs = 50;
const longestMs = 600_000;

/** Lets time go by, then lets sockets work for a moment. */
export async function advance(clock: FakeClock, ms: number): Promise<void> {
  await clock.advance(ms);
  await new Promise((resolve) => setTimeout(resolve, 1));
}

/** 50 ms at a time, about forty times faster than a wall clock. @throws {Error} after ten minutes of the clock. */
export async function advanceUntil(
  clock: FakeClock,
  condition: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const limit = clock.now() + longestMs;
  while (!(await condition())) {
    if (clock.now() > limit) throw new Error(`Waited ten minutes in vain until ${what}`);
    await advance(clock, stepMs);
  }
}

/** Lets `ms` go by in steps of 50 ms. */
export async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) await advance(clock, stepMs);
}
