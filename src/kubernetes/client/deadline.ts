import { setMaxListeners } from 'node:events';
import type { Clock } from '../../base/clock.ts';

/** Made once: without a reason of ours each abort makes an exception with a stack, for every request. */
const released = new Error('The request is over');

/** A signal for one request: aborted by the caller's signal, by a deadline, or by hand. `release` when the request is over. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #parent: AbortSignal | undefined;
  readonly #follow = (): void => this.#controller.abort(this.#parent?.reason);
  #disarm: () => void = () => undefined;

  constructor(clock: Clock, parent: AbortSignal | undefined) {
    this.#clock = clock;
    this.#parent = parent;
    // One signal ends many requests: that is no leak of listeners.
    if (parent !== undefined) setMaxListeners(0, parent);
    if (parent?.aborted === true) this.#follow();
    else parent?.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts with `createReason()` in `ms` milliseconds; replaces the deadline before. */
  arm(ms: number, createReason: () => Error): void {
    this.#disarm();
    const timer = this.#clock.schedule(ms, () => this.#controller.abort(createReason()));
    this.#disarm = () => timer.cancel();
  }

  /** As `arm`, but the time counts anew from each `touch` of the returned function: for streams. */
  armSilence(ms: number, createReason: () => Error): () => void {
    this.#disarm();
    let lastAt = this.#clock.monotonic();
    // One timer that looks back, not one a chunk: chunks are many.
    const check = (): void => {
      const left = lastAt + ms - this.#clock.monotonic();
      if (left <= 0) this.#controller.abort(createReason());
      else plan(left);
    };
    const plan = (wait: number): void => {
      const timer = this.#clock.schedule(wait, check);
      this.#disarm = () => timer.cancel();
    };
    plan(ms);
    return () => {
      lastAt = this.#clock.monotonic();
    };
  }

  abort(reason: Error): void {
    this.#controller.abort(reason);
  }

  disarm(): void {
    this.#disarm();
  }

  /** Forgets the caller's signal and the timer; aborts what is still going on. */
  release(): void {
    this.#disarm();
    this.#parent?.removeEventListener('abort', this.#follow);
    this.#controller.abort(released);
  }
}
