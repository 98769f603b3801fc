/** Time as a value: whatever waits or reads the time is given a Clock, so that tests turn it by hand. */

/** A pending timer; `cancel` is idempotent. */
export interface Timer {
  cancel(): void;
}

/** Source of time. Times are milliseconds since 1970 (`now`) or since an arbitrary start (`monotonic`). */
export interface Clock {
  now(): number;
  monotonic(): number;
  /**
   * Calls `fire` once after `ms` milliseconds, however many (0 or less: as soon as possible, never synchronously).
   * @throws {RangeError} for NaN, which would be taken for 0 and make a busy loop of whatever repeats.
   */
  schedule(ms: number, fire: () => void): Timer;
}

/** Timers of Node hold 31 bits: one that is set further ahead fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** @throws {RangeError} for NaN. */
export function checkWait(ms: number): void {
  if (Number.isNaN(ms)) throw new RangeError('Cannot wait: the time is no number');
}

/**
 * The machine's clock, and the one place where timers of Node are made: waits above 24.8 days are cut into shorter ones.
 * Its timers do not keep the process alive when `unref` is set.
 */
export function createSystemClock(options: { unref?: boolean } = {}): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    schedule: (ms, fire) => {
      checkWait(ms);
      let handle: NodeJS.Timeout;
      const wait = (leftMs: number): void => {
        const partMs = Math.min(leftMs, longestTimerMs);
        handle = setTimeout(() => (leftMs > partMs ? wait(leftMs - partMs) : fire()), partMs);
        if (options.unref === true) handle.unref();
      };
      wait(Math.max(0, ms));
      return { cancel: () => clearTimeout(handle) };
    },
  };
}

/**
 * A signal that is aborted after `ms` milliseconds: for requests of commands, where nobody turns the clock. It does not
 * keep the process alive. Above 24.8 days it is aborted then: nothing that has a time limit takes so long.
 */
export function createTimeoutSignal(ms: number): AbortSignal {
  checkWait(ms);
  return AbortSignal.timeout(Math.min(Math.max(0, Math.ceil(ms)), longestTimerMs));
}

/** Resolves after `ms` milliseconds, or rejects with the signal's reason as soon as it is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      timer.cancel();
      reject(signal?.reason as Error);
    };
    const timer = clock.schedule(ms, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
