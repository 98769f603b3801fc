import type { Clock, Timer } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Overview } from '../../core/overview/overview.ts';
import { overviewPause, overviewFreshMs, overviewPauseMs } from '../limits.ts';

/** An overview, and when it was begun: what changed later may not be in it. */
export interface DatedOverview<T = Overview> {
  readonly overview: T;
  /** Milliseconds since 1970. */
  readonly asOf: number;
}

export interface OverviewerDeps<T = Overview> {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Works it out anew. */
  readonly survey: () => Promise<T>;
  /** Why nothing can be said here and now; undefined: it can. */
  readonly unavailable: () => string | undefined;
}

type Listener<T> = (next: DatedOverview<T>, last: DatedOverview<T> | undefined) => void;

/**
 * Keeps the overview of the operator's caches up to date while somebody wants it, and works out nothing while nobody does. After
 * a change it is made anew, and from time to time without one, since Pods and endpoints are in no cache. It is paused in between
 * for a multiple of the time that it took: so it takes a tenth of a processor at most, however large the fleet is.
 */
export class Overviewer<T = Overview> {
  readonly #deps: OverviewerDeps<T>;
  readonly #listeners = new Set<Listener<T>>();
  #last: DatedOverview<T> | undefined;
  #running: Promise<DatedOverview<T>> | undefined;
  #timer: Timer | undefined;
  #hasChanged = false;
  /** On the monotonic clock: not again before this time. */
  #notBefore = 0;

  constructor(deps: OverviewerDeps<T>) {
    this.#deps = deps;
  }

  /** Something that it is made from has changed. */
  noteChange(): void {
    this.#hasChanged = true;
    if (this.#listeners.size > 0) this.#schedule();
  }

  /** Calls back with each new overview until the function that it gives is called. */
  subscribe(listener: Listener<T>): () => void {
    this.#listeners.add(listener);
    this.#schedule();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  }

  /** The last one, if it is fresh or may not be made anew yet; else a new one. @throws what the survey throws. */
  async read(): Promise<DatedOverview<T>> {
    if (this.#running !== undefined) return this.#last ?? this.#running;
    if (this.#last === undefined || (this.#isStale() && this.#waitMs() === 0)) return this.#renew();
    return this.#last;
  }

  #isStale(): boolean {
    if (this.#last === undefined || this.#hasChanged) return true;
    return this.#deps.clock.now() - this.#last.asOf >= overviewFreshMs;
  }

  #waitMs(): number {
    return Math.max(0, this.#notBefore - this.#deps.clock.monotonic());
  }

  #renew(): Promise<DatedOverview<T>> {
    this.#running ??= this.#survey().finally(() => {
      this.#running = undefined;
      if (this.#listeners.size > 0) this.#schedule();
    });
    return this.#running;
  }

  async #survey(): Promise<DatedOverview<T>> {
    const { clock, survey } = this.#deps;
    const [asOf, began] = [clock.now(), clock.monotonic()];
    this.#hasChanged = false;
    try {
      const next = { overview: await survey(), asOf };
      const last = this.#last;
      this.#last = next;
      for (const listener of this.#listeners) listener(next, last);
      return next;
    } catch (error) {
      this.#hasChanged = true;
      throw error;
    } finally {
      const took = clock.monotonic() - began;
      this.#notBefore = clock.monotonic() + Math.max(overviewPauseMs, took * overviewPause);
    }
  }

  /** The next one: as soon as it may be after a change, else when the last one is no longer fresh. */
  #schedule(): void {
    if (this.#running !== undefined) return;
    this.#stop();
    const idle = this.#isStale() ? 0 : overviewFreshMs;
    this.#timer = this.#deps.clock.schedule(Math.max(this.#waitMs(), idle), () => void this.#tick());
  }

  #stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  async #tick(): Promise<void> {
    const { unavailable, logger, clock } = this.#deps;
    if (unavailable() !== undefined) {
      this.#notBefore = clock.monotonic() + overviewPauseMs;
      this.#schedule();
      return;
    }
    try {
      await this.#renew();
    } catch (error) {
      logger.warn('Cannot look at everything: the last overview stays', { error });
    }
  }
}
