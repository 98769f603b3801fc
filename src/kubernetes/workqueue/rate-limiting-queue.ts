import { DelayingSetQueue } from './delaying-queue.ts';
import type { DelayingQueue } from './delaying-queue.ts';
import type { QueueOptions } from './queue.ts';
import { createDefaultLimiter } from './rate-limiters.ts';
import type { RateLimiter } from './rate-limiters.ts';

/** A queue to which keys that failed are added again, later each time. */
export interface RateLimitingQueue extends DelayingQueue {
  /** Adds `key` when the rate limiter says so. */
  addRateLimited(key: string): void;
  /** The next failure of `key` counts as its first again. Does not touch the queue: `done` is still owed. */
  forget(key: string): void;
  /** How often `key` failed since it was last forgotten. */
  numRequeues(key: string): number;
}

export interface RateLimitingQueueOptions extends QueueOptions {
  /** `createDefaultLimiter` when absent. */
  readonly limiter?: RateLimiter | undefined;
}

/**
 * @example
 * const queue = createRateLimitingQueue({ name: 'demo', clock: createSystemClock() });
 * const item = await queue.get();
 * if (item === 'shutdown') return;
 * try {
 *   await reconcile(item.key);
 *   queue.forget(item.key);
 * } catch {
 *   queue.addRateLimited(item.key);
 * } finally {
 *   queue.done(item.key);
 * }
 */
export function createRateLimitingQueue(options: RateLimitingQueueOptions): RateLimitingQueue {
  return new RateLimitingSetQueue(options);
}

class RateLimitingSetQueue extends DelayingSetQueue implements RateLimitingQueue {
  readonly #limiter: RateLimiter;

  constructor(options: RateLimitingQueueOptions) {
    super(options);
    this.#limiter = options.limiter ?? createDefaultLimiter(options.clock);
  }

  addRateLimited(key: string): void {
    this.addAfter(key, this.#limiter.when(key));
  }

  forget(key: string): void {
    this.#limiter.forget(key);
  }

  numRequeues(key: string): number {
    return this.#limiter.numRequeues(key);
  }
}
