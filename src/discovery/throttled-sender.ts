import type { Clock, Timer } from '../base/clock.ts';
import { firstUpdateWaitMs, longestUpdateWaitMs, updateWaitGrowth } from './limits.ts';

/** How often snapshots leave: growing waits since Prometheus 3.12, a fixed beat before (docs/reference/discovery.md 1.6). */
export type Throttle = 'backoff' | 'ticker';

export interface ThrottledSenderOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly throttle: Throttle;
  /** Sends; false when nobody could take it, then it is tried again at the next wait. */
  readonly send: () => boolean;
}

/** Sends soon after a trigger, and the less often the busier it gets; triggers that come together are one. */
export class ThrottledSender {
  readonly #options: ThrottledSenderOptions;
  readonly #startedAt: number;
  #timer: Timer | undefined;
  #waitMs = firstUpdateWaitMs;
  #nextCheckAt = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(options: ThrottledSenderOptions) {
    this.#options = options;
    this.#startedAt = options.clock.monotonic();
  }

  /** True while a snapshot is due. */
  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  /** Something changed: a snapshot is due. */
  trigger(): void {
    if (this.#timer !== undefined || this.#stopped) return;
    this.#timer = this.#options.clock.schedule(this.#chooseDelay(), () => this.#check());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #check(): void {
    const { clock, send } = this.#options;
    this.#timer = undefined;
    const now = clock.monotonic();
    const isSent = send();
    if (isSent) this.#sentAt = now;
    this.#nextCheckAt = now + this.#drawWait();
    if (!isSent) this.trigger();
  }

  #chooseDelay(): number {
    const { clock, throttle } = this.#options;
    const now = clock.monotonic();
    if (throttle === 'ticker') return longestUpdateWaitMs - ((now - this.#startedAt) % longestUpdateWaitMs);
    const isIdle = now - this.#sentAt > longestUpdateWaitMs && now >= this.#nextCheckAt;
    if (!isIdle) return Math.max(0, this.#nextCheckAt - now);
    this.#waitMs = firstUpdateWaitMs;
    return this.#drawWait();
  }

  /** The next wait, half to one and a half times the one that is due. */
  #drawWait(): number {
    const wait = this.#waitMs * (0.5 + this.#options.random());
    this.#waitMs = Math.min(longestUpdateWaitMs, this.#waitMs * updateWaitGrowth);
    return wait;
  }
}
