import { sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';

/** Waits; true when the time is over, false when the signal was aborted before or meanwhile. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted || ms <= 0) return !signal.aborted;
  return sleep(clock, ms, signal).then(
    () => true,
    () => false,
  );
}
