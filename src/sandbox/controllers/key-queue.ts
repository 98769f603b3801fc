import type { Clock, Timer } from '../../base/clock.ts';
import { firstRetryMs, longestRetryMs } from '../limits.ts';

/**
 * Keys to look at: each waits at most once, and is handed to `sync` at the next turn of the clock, one after the other.
 * When `sync` throws, its key comes again after 20 ms, 40 ms and so on up to 5 s, and `onError` hears of it.
 */
export class KeyQueue {
  readonly #clock: Clock;
  readonly #sync: (key: string) => void;
  readonly #onError: (error: unknown, key: string) => void;
  readonly #waiting = new Set<string>();
  readonly #later = new Map<string, { readonly at: number; readonly timer: Timer }>();
  readonly #failures = new Map<string, number>();
  #turn: Timer | undefined;
  #stopped = false;

  constructor(clock: Clock, sync: (key: string) => void, onError: (error: unknown, key: string) => void) {
    this.#clock = clock;
    this.#sync = sync;
    this.#onError = onError;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#waiting.add(key);
    this.#turn ??= this.#clock.schedule(0, () => this.#work());
  }

  /** Adds the key in `ms` milliseconds, or earlier when an earlier time was asked for before. */
  addAfter(key: string, ms: number): void {
    if (this.#stopped) return;
    const at = this.#clock.monotonic() + ms;
    const known = this.#later.get(key);
    if (known !== undefined && known.at <= at) return;
    known?.timer.cancel();
    const fire = (): void => {
      this.#later.delete(key);
      this.add(key);
    };
    this.#later.set(key, { at, timer: this.#clock.schedule(ms, fire) });
  }

  stop(): void {
    this.#stopped = true;
    this.#turn?.cancel();
    for (const { timer } of this.#later.values()) timer.cancel();
    this.#later.clear();
    this.#waiting.clear();
  }

  #work(): void {
    this.#turn = undefined;
    const keys = [...this.#waiting];
    this.#waiting.clear();
    for (const key of keys) if (!this.#stopped) this.#try(key);
  }

  #try(key: string): void {
    try {
      this.#sync(key);
      this.#failures.delete(key);
    } catch (error) {
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      this.addAfter(key, Math.min(longestRetryMs, firstRetryMs * 2 ** failures));
      this.#onError(error, key);
    }
  }
}
