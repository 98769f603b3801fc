import { checkWait } from '../../src/base/clock.ts';
import type { Clock, Timer } from '../../src/base/clock.ts';

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
  cancelled: boolean;
}

/** In the long run so many timers a second are no work any more; after a rest more of them may fire at once. */
const busyTimers = 200;
const busyBurst = 20_000;

/**
 * Time for a whole simulated cluster. Nothing in it reads a real clock or does real input and output, so that all that
 * follows from one timer has happened when the microtasks have run; that is what makes a run repeatable, and fast.
 */
export class SimulatedTime implements Clock {
  readonly #start = Date.UTC(2026, 0, 1);
  #monotonic = 0;
  /** By how much the wall clock was set. */
  #shift = 0;
  #order = 0;
  #live = 0;
  /** A binary heap: the first timer is at 0. */
  #heap: Entry[] = [];
  #fired = 0;
  #rest = busyBurst;
  #longestTurnMs = 0;

  now(): number {
    return this.#start + this.#monotonic + this.#shift;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Timers that have not fired yet. */
  get pending(): number {
    return this.#live;
  }

  /** Timers that have fired since the beginning. */
  get fired(): number {
    return this.#fired;
  }

  /** The longest time, in real milliseconds, that the event loop was held by what one timer set off. */
  get longestTurnMs(): number {
    return this.#longestTurnMs;
  }

  schedule(ms: number, fire: () => void): Timer {
    checkWait(ms);
    const entry: Entry = { at: this.#monotonic + Math.max(0, ms), order: (this.#order += 1), fire, cancelled: false };
    this.#push(entry);
    this.#live += 1;
    return {
      cancel: () => {
        if (entry.cancelled) return;
        entry.cancelled = true;
        this.#live -= 1;
        if (this.#heap.length > 2 * this.#live + 100) this.compact();
      },
    };
  }

  /** Lets go of timers that were cancelled, and of what they hold. */
  compact(): void {
    const before = this.#heap;
    this.#heap = [];
    for (const entry of before) if (!entry.cancelled) this.#push(entry);
  }

  /** Somebody sets the wall clock; timers and the monotonic clock know nothing of it. */
  setWallClock(byMs: number): void {
    this.#shift += byMs;
  }

  /** The machine sleeps: time goes by, and what was due fires late. */
  sleep(ms: number): void {
    this.#monotonic += ms;
  }

  /** Lets `ms` go by. @throws {Error} when timers fire without time going by: somebody waits for nothing. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await this.#settle();
    for (let next = this.#take(end); next !== undefined; next = this.#take(end)) {
      this.#count(next.at);
      this.#monotonic = Math.max(this.#monotonic, next.at);
      this.#live -= 1;
      next.cancelled = true;
      const began = performance.now();
      next.fire();
      await this.#settle();
      this.#longestTurnMs = Math.max(this.#longestTurnMs, performance.now() - began);
    }
    this.#monotonic = Math.max(this.#monotonic, end);
  }

  #count(at: number): void {
    const passed = Math.max(0, at - this.#monotonic) / 1000;
    this.#rest = Math.min(busyBurst, this.#rest + busyTimers * passed) - 1;
    this.#fired += 1;
    if (this.#rest < 0) throw new Error(`Busy loop: more than ${busyTimers} timers fire a second, for a long time`);
  }

  /** Microtasks run before the next immediate, however many they are. */
  #settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  #take(end: number): Entry | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || (!first.cancelled && first.at > end)) return undefined;
      this.#pop();
      if (!first.cancelled) return first;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent] as Entry, entry)) break;
      heap[at] = heap[parent] as Entry;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (isBefore(last, heap[child] as Entry)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

/** The clock of one process on a machine: when the process is killed, none of its timers fires any more. */
export class ProcessClock implements Clock {
  readonly #time: SimulatedTime;
  readonly #timers = new Set<Timer>();
  #dead = false;

  constructor(time: SimulatedTime) {
    this.#time = time;
  }

  /** Timers of this process that have not fired yet. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#time.now();
  }

  monotonic(): number {
    return this.#time.monotonic();
  }

  schedule(ms: number, fire: () => void): Timer {
    if (this.#dead) return { cancel: () => undefined };
    const timer = this.#time.schedule(ms, () => {
      this.#timers.delete(handle);
      fire();
    });
    const handle = {
      cancel: () => {
        this.#timers.delete(handle);
        timer.cancel();
      },
    };
    this.#timers.add(handle);
    return handle;
  }

  kill(): void {
    this.#dead = true;
    for (const timer of this.#timers) timer.cancel();
  }
}
