import type { Clock } from '../../base/clock.ts';
import type { ObjectReference } from './event-series.ts';
import { eventBurst, eventRefillMs, eventSources } from '../limits.ts';

interface Source {
  tokens: number;
  at: number;
}

/** A token bucket for each object that events are about: one that fails in a loop cannot flood the API server. */
export class SourceLimiter {
  readonly #clock: Clock;
  readonly #sources = new Map<string, Source>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Objects that are remembered. */
  get size(): number {
    return this.#sources.size;
  }

  admits({ kind, namespace, name, uid }: ObjectReference): boolean {
    const key = JSON.stringify([kind, namespace, name, uid]);
    const now = this.#clock.monotonic();
    const { tokens, at } = this.#sources.get(key) ?? { tokens: eventBurst, at: now };
    const available = Math.min(eventBurst, tokens + (now - at) / eventRefillMs);
    const admitted = available >= 1;
    // Back to the end of the map: the first key is the one longest unused.
    this.#sources.delete(key);
    this.#sources.set(key, { tokens: admitted ? available - 1 : available, at: now });
    this.#forgetOld(now);
    return admitted;
  }

  /** A bucket that is full again is as good as none. */
  #forgetOld(now: number): void {
    for (const [key, { at }] of this.#sources) {
      if (this.#sources.size <= eventSources && now - at < eventBurst * eventRefillMs) return;
      this.#sources.delete(key);
    }
  }
}
