import { sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';

export interface ThrottleOptions {
  /** Requests a second in the long run; 0 or less: no limit. */
  readonly qps: number;
  /** Requests at once after a rest. */
  readonly burst: number;
  readonly clock: Clock;
}

/** A token bucket in front of all requests of a client, first come first served. */
export class Throttle {
  readonly #options: ThrottleOptions;
  /** Below zero: so many requests have been promised a token that is not there yet. */
  #tokens: number;
  #last: number;

  constructor(options: ThrottleOptions) {
    this.#options = options;
    this.#tokens = options.burst;
    this.#last = options.clock.monotonic();
  }

  /** Resolves when the request may go, with the milliseconds waited; rejects when the signal is aborted before. */
  async acquire(signal?: AbortSignal): Promise<number> {
    const { qps, burst, clock } = this.#options;
    if (qps <= 0) return 0;
    const now = clock.monotonic();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#last) / 1000) * qps) - 1;
    this.#last = now;
    if (this.#tokens >= 0) return 0;
    const waitMs = (-this.#tokens / qps) * 1000;
    try {
      await sleep(clock, waitMs, signal);
    } catch (error) {
      this.#tokens += 1;
      throw error;
    }
    return waitMs;
  }
}
