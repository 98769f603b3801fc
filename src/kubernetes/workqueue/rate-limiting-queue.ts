import type { DelayingQueue } from './delaying-queue.ts';
import type { QueueOptions } from './queue.ts';
import type { RateLimiter } from './rate-limiters.ts';

export interface RateLimitingQueue extends DelayingQueue {
  /** Adds `key` when the rate limiter says so: later with each failure. */
  addRateLimited(key: string): void;
  /** The next failure of `key` is its first again. Does not touch the queue: `done` is still owed. */
  forget(key: string): void;
  numRequeues(key: string): number;
}

export interface RateLimitingQueueOptions extends QueueOptions {
  readonly limiter?: RateLimiter | undefined;
}
