import type { Clock, Timer } from '../base/clock.ts';

export interface CoalescerOptions {
  readonly clock: Clock;
  /** A key is handed on once no event for it came for this long, in milliseconds. */
  readonly quietMs: number;
  /** … but never later than this after its first event, in milliseconds. */
  readonly maxWaitMs: number;
  readonly deliver: (key: string) => void;
}

interface Waiting {
  readonly since: number;
  timer: Timer;
}

/**
 * Folds events that arrive together into one key: a burst of 500 changed monitors costs a few syncs, not 500.
 * The workqueue behind it dedupes what waits; this one waits a moment before it lets a worker begin.
 */
export class Coalescer {
  readonly #options: CoalescerOptions;
  readonly #waiting = new Map<string, Waiting>();

  constructor(options: CoalescerOptions) {
    this.#options = options;
  }

  add(key: string): void {
    const { clock, quietMs, maxWaitMs } = this.#options;
    const now = clock.monotonic();
    const waiting = this.#waiting.get(key);
    const since = waiting?.since ?? now;
    waiting?.timer.cancel();
    const wait = Math.min(quietMs, since + maxWaitMs - now);
    this.#waiting.set(key, { since, timer: clock.schedule(wait, () => this.#deliver(key)) });
  }

  /** Drops what waits; used at shut-down. */
  stop(): void {
    for (const { timer } of this.#waiting.values()) timer.cancel();
    this.#waiting.clear();
  }

  #deliver(key: string): void {
    this.#waiting.delete(key);
    this.#options.deliver(key);
  }
}
