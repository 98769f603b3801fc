export interface BackoffOptions {
  /** First wait, in milliseconds, before jitter. */
  readonly initialMs: number;
  /** No wait is longer than this, in milliseconds; it is the end of growth before jitter and the end of all after it. */
  readonly maxMs: number;
  /** Each wait is this many times the one before; 2 when absent. */
  readonly factor?: number;
  /** Up to this share of a wait is added to it at random (0.5: 1 to 1.5 times); 0 when absent. */
  readonly jitter?: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * Waits that grow: initial, initial × factor, … up to a cap, each with jitter so that many clients do not return in step.
 *
 * @example
 * const backoff = new Backoff({ initialMs: 800, maxMs: 30_000, jitter: 1, random: Math.random });
 * await sleep(clock, backoff.next()); // 800 to 1600 ms
 * backoff.reset();
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** How often `next` was called since the last `reset`. */
  get failures(): number {
    return this.#failures;
  }

  /** The next wait in milliseconds. */
  next(): number {
    const { initialMs, maxMs, factor = 2, jitter = 0, random } = this.#options;
    const base = Math.min(maxMs, initialMs * factor ** this.#failures);
    this.#failures += 1;
    return Math.min(maxMs, base * (1 + jitter * random()));
  }

  reset(): void {
    this.#failures = 0;
  }
}
