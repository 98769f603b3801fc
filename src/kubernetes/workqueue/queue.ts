import type { Clock } from '../../base/clock.ts';
import { QueueMetrics } from './metrics.ts';
import type { MetricsProvider } from './metrics.ts';

/** A key to work on, or the word that there will be none any more. */
export type QueueItem = { readonly key: string } | 'shutdown';

/**
 * A work queue with client-go's contract.
 * - Fair: keys are handed out in the order they were added.
 * - Stingy: a key is never handed to two workers at once, and added many times before it is handed out it comes once.
 * - A key added while it is worked on comes again after `done`.
 * - Many producers, many workers; shut-down lets workers finish what waits.
 */
export interface Queue {
  add(key: string): void;
  /** Resolves with the next key, at once or when one is added; whoever takes a key owes its `done`. */
  get(): Promise<QueueItem>;
  /** The work on `key` has ended, well or not. */
  done(key: string): void;
  /** Keys that wait, without those being worked on. */
  readonly length: number;
  readonly isShuttingDown: boolean;
  /** New keys are ignored; workers get what waits, then "shutdown". */
  shutDown(): void;
  /** As `shutDown`; resolves when all keys handed out are done and none waits. Keys that come again meanwhile are worked on. */
  shutDownWithDrain(): Promise<void>;
}

export interface QueueOptions {
  /** Names the queue in metrics. */
  readonly name: string;
  readonly clock: Clock;
  readonly metrics?: MetricsProvider | undefined;
}

/**
 * @example
 * const queue = createQueue({ name: 'demo', clock: createSystemClock() });
 * queue.add('default/a');
 * for (let item = await queue.get(); item !== 'shutdown'; item = await queue.get()) {
 *   try {
 *     await reconcile(item.key);
 *   } finally {
 *     queue.done(item.key);
 *   }
 * }
 */
export function createQueue(options: QueueOptions): Queue {
  return new SetQueue(options);
}

/** The queue itself; the delaying and the rate limiting queue are layers over it. */
export class SetQueue implements Queue {
  /** Keys in the order of work. Each is in `dirty` and none is in `processing`. */
  #waiting: string[] = [];
  /** Index of the first waiting key: shifting a long array for each key would cost more than moving this. */
  #head = 0;
  /** Keys that need work. */
  readonly #dirty = new Set<string>();
  /** Keys being worked on. One may be dirty too: then it waits again after `done`. */
  readonly #processing = new Set<string>();
  readonly #workers: ((item: QueueItem) => void)[] = [];
  protected readonly metrics: QueueMetrics;
  #drained: (() => void)[] = [];
  #shuttingDown = false;
  #draining = false;

  constructor(options: QueueOptions) {
    this.metrics = new QueueMetrics(options, () => this.length);
  }

  get length(): number {
    return this.#waiting.length - this.#head;
  }

  get isShuttingDown(): boolean {
    return this.#shuttingDown;
  }

  add(key: string): void {
    if (this.#shuttingDown || this.#dirty.has(key)) return;
    this.metrics.added(key);
    this.#dirty.add(key);
    if (this.#processing.has(key)) return;
    this.#waiting.push(key);
    this.#handOut();
  }

  get(): Promise<QueueItem> {
    return new Promise((resolve) => {
      this.#workers.push(resolve);
      this.#handOut();
    });
  }

  done(key: string): void {
    if (!this.#processing.delete(key)) return;
    this.metrics.done(key);
    if (this.#dirty.has(key)) this.#waiting.push(key);
    this.#handOut();
  }

  shutDown(): void {
    this.#shuttingDown = true;
    this.#handOut();
  }

  shutDownWithDrain(): Promise<void> {
    this.#draining = true;
    return new Promise((resolve) => {
      this.#drained.push(resolve);
      this.shutDown();
    });
  }

  #handOut(): void {
    while (this.#workers.length > 0 && this.length > 0) {
      const key = this.#take();
      this.#workers.shift()?.({ key });
    }
    if (!this.#shuttingDown) return;
    // A key that is dirty and processing comes back at `done`: while draining, a worker must stay for it.
    const more = this.#draining && this.#processing.size > 0;
    if (this.length === 0 && !more) for (const worker of this.#workers.splice(0)) worker('shutdown');
    if (this.length > 0 || this.#processing.size > 0) return;
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  #take(): string {
    const key = this.#waiting[this.#head] as string;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    this.metrics.taken(key);
    this.#processing.add(key);
    this.#dirty.delete(key);
    return key;
  }
}
