import { checkWait } from './clock.ts';
import type { Clock, Timer } from './clock.ts';

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** A clock that stands still until `advance` is called; part of the product so that the sandbox and all tests share it. */
export class FakeClock implements Clock {
  #time: number;
  #order = 0;
  readonly #start: number;
  readonly #entries = new Set<Entry>();

  /** @param start the first value of `now()`, in milliseconds since 1970. */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#time = start;
    this.#start = start;
  }

  now(): number {
    return this.#time;
  }

  monotonic(): number {
    return this.#time - this.#start;
  }

  schedule(ms: number, fire: () => void): Timer {
    checkWait(ms);
    const entry: Entry = { at: this.#time + Math.max(0, ms), order: (this.#order += 1), fire };
    this.#entries.add(entry);
    return { cancel: () => this.#entries.delete(entry) };
  }

  /** Number of timers that have not fired yet. */
  get pending(): number {
    return this.#entries.size;
  }

  /** Moves the time on by `ms`, firing due timers in order; promises they resolve run between two timers. */
  async advance(ms: number): Promise<void> {
    const end = this.#time + ms;
    await settle();
    for (let next = this.#due(end); next !== undefined; next = this.#due(end)) {
      this.#entries.delete(next);
      this.#time = Math.max(this.#time, next.at);
      next.fire();
      await settle();
    }
    this.#time = end;
  }

  #due(end: number): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of this.#entries) {
      if (entry.at > end) continue;
      if (first === undefined || entry.at < first.at || (entry.at === first.at && entry.order < first.order))
        first = entry;
    }
    return first;
  }
}

/** Lets all promise callbacks and immediate I/O callbacks run. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
