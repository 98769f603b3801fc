/** How long a key that failed has to wait. */
import type { Clock } from '../../base/clock.ts';
import { firstRequeueMs, longestRequeueMs, requeueBurst, requeuesPerSecond } from '../limits.ts';

export interface RateLimiter {
  /** Counts one more try of `key` and says how long to wait for it, in milliseconds. */
  when(key: string): number;
  /** Tries of `key` since the last `forget`. */
  numRequeues(key: string): number;
  /** `key` succeeded, or is given up for good. */
  forget(key: string): void;
}

/** `baseMs` × 2^failures for each key by itself, never more than `maxMs`. */
export function createItemExponentialLimiter(options: { baseMs: number; maxMs: number }): RateLimiter {
  const failures = new Map<string, number>();
  return {
    when(key) {
      const before = failures.get(key) ?? 0;
      failures.set(key, before + 1);
      return Math.min(options.maxMs, options.baseMs * 2 ** before);
    },
    numRequeues: (key) => failures.get(key) ?? 0,
    forget: (key) => {
      failures.delete(key);
    },
  };
}

/** A token bucket for all keys together: `burst` at once, then `perSecond`. */
export function createBucketLimiter(options: { perSecond: number; burst: number; clock: Clock }): RateLimiter {
  const { perSecond, burst, clock } = options;
  let tokens = burst;
  let last = clock.monotonic();
  return {
    when() {
      const now = clock.monotonic();
      tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond) - 1;
      last = now;
      return tokens >= 0 ? 0 : (-tokens / perSecond) * 1000;
    },
    numRequeues: () => 0,
    forget: () => undefined,
  };
}

/** The longest wait that any of `limiters` asks for. */
export function createMaxOfLimiter(...limiters: readonly RateLimiter[]): RateLimiter {
  return {
    when: (key) => Math.max(...limiters.map((limiter) => limiter.when(key))),
    numRequeues: (key) => Math.max(...limiters.map((limiter) => limiter.numRequeues(key))),
    forget: (key) => limiters.forEach((limiter) => limiter.forget(key)),
  };
}

/**
 * client-go's default for controllers: 5 ms to 1000 s a key, and 10 a second (burst 100) in all.
 * @param options.longestMs another longest wait of a key.
 */
export function createDefaultLimiter(
  clock: Clock,
  { longestMs = longestRequeueMs }: { readonly longestMs?: number } = {},
): RateLimiter {
  return createMaxOfLimiter(
    createItemExponentialLimiter({ baseMs: firstRequeueMs, maxMs: longestMs }),
    createBucketLimiter({ perSecond: requeuesPerSecond, burst: requeueBurst, clock }),
  );
}
