import type { Clock, Timer } from '../../base/clock.ts';
import { SetQueue } from './queue.ts';
import type { Queue, QueueOptions } from './queue.ts';

/** A queue to which keys can be added later. */
export interface DelayingQueue extends Queue {
  /**
   * Adds `key` after `ms` milliseconds, at once for 0 or less; of several waits for one key the earliest end counts.
   * Keys that still wait when the queue is shut down are forgotten.
   */
  addAfter(key: string, ms: number): void;
}

interface Delay {
  readonly readyAt: number;
  readonly timer: Timer;
}

export class DelayingSetQueue extends SetQueue implements DelayingQueue {
  readonly #clock: Clock;
  readonly #delays = new Map<string, Delay>();

  constructor(options: QueueOptions) {
    super(options);
    this.#clock = options.clock;
  }

  addAfter(key: string, ms: number): void {
    if (this.isShuttingDown) return;
    this.metrics.retried();
    if (ms <= 0) {
      this.add(key);
      return;
    }
    const readyAt = this.#clock.monotonic() + ms;
    const known = this.#delays.get(key);
    if (known !== undefined && known.readyAt <= readyAt) return;
    known?.timer.cancel();
    this.#delays.set(key, { readyAt, timer: this.#clock.schedule(ms, () => this.#ripen(key)) });
  }

  override shutDown(): void {
    for (const { timer } of this.#delays.values()) timer.cancel();
    this.#delays.clear();
    super.shutDown();
  }

  #ripen(key: string): void {
    this.#delays.delete(key);
    this.add(key);
  }
}
