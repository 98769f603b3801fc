/** Time as a value: whatever waits or reads the time is given a Clock, so that tests turn it by hand. */

/** A pending timer; `cancel` is idempotent. */
export interface Timer {
  cancel(): void;
}

/** Source of time. Times are milliseconds since 1970 (`now`) or since an arbitrary start (`monotonic`). */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Calls `fire` once after `ms` milliseconds (0 or less: as soon as possible, never synchronously). */
  schedule(ms: number, fire: () => void): Timer;
}

/** The machine's clock. Its timers do not keep the process alive when `unref` is set. */
export function createSystemClock(options: { unref?: boolean } = {}): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    schedule: (ms, fire) => {
      const handle = setTimeout(fire, Math.max(0, ms));
      if (options.unref === true) handle.unref();
      return { cancel: () => clearTimeout(handle) };
    },
  };
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
