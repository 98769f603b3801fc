import type { Clock } from '../../base/clock.ts';

export interface ReadingsOptions {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** So long an answer serves all who ask. */
  readonly freshMs: number;
}

interface Reading<A> {
  readonly at: number;
  readonly answer: Promise<A>;
}

/** Answers that several ask for: each is fetched once at a time, and again when it is no longer fresh. A failure serves only who waited for it. */
export class Readings<A> {
  readonly #options: ReadingsOptions;
  /** Those that were begun first come first. */
  readonly #readings = new Map<string, Reading<A>>();

  constructor(options: ReadingsOptions) {
    this.#options = options;
  }

  /** Rejects as `fetch` does. */
  read(key: string, fetch: () => Promise<A>): Promise<A> {
    this.#forgetOld();
    const known = this.#readings.get(key);
    if (known !== undefined) return known.answer;
    const reading = { at: this.#options.clock.monotonic(), answer: fetch() };
    this.#readings.set(key, reading);
    reading.answer.catch(() => {
      if (this.#readings.get(key) === reading) this.#readings.delete(key);
    });
    return reading.answer;
  }

  #forgetOld(): void {
    const { clock, freshMs } = this.#options;
    const now = clock.monotonic();
    for (const [key, { at }] of this.#readings) {
      if (now - at < freshMs) return;
      this.#readings.delete(key);
    }
  }
}
