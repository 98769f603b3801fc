import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sleep } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import type { HealthCheck } from '../web/app.ts';
import { blockedTurnMs, blockedWindowMs, loopLookMs, loopResolutionMs, mostBlockedMs } from './limits.ts';

/** Measures how long other work waits for the event loop. */
export interface DelayMeter {
  /** The longest time in milliseconds that the event loop was held since the last call, or since the beginning. */
  takeLongestMs(): number;
  close(): void;
}

export interface EventLoopDeps {
  readonly clock: Clock;
  readonly openMeter?: () => DelayMeter;
  /** Told, at each look, of the longest time that the event loop was held since the last one. */
  readonly observe: (longestMs: number) => void;
}

interface Turn {
  /** Monotonic milliseconds. */
  readonly seenAt: number;
  readonly heldMs: number;
}

/**
 * How long the event loop was held: for the metric, and for `/healthz`. A probe that comes while the loop is held gets no answer
 * at all; what is told here is what probes between the turns could not see: that most of the time goes by in such turns.
 */
export class EventLoopWatch {
  readonly #deps: EventLoopDeps;
  #blocked: readonly Turn[] = [];

  constructor(deps: EventLoopDeps) {
    this.#deps = deps;
  }

  /** Looks until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, openMeter = openDelayMeter } = this.#deps;
    const meter = openMeter();
    try {
      for (;;) {
        await sleep(clock, loopLookMs, signal);
        this.#look(meter.takeLongestMs());
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      meter.close();
    }
  }

  /** Fails when turns of more than `blockedTurnMs` took `mostBlockedMs` or more of the last `blockedWindowMs`. */
  check(): HealthCheck {
    this.#forget();
    const seconds = Math.round(this.#blocked.reduce((sum, { heldMs }) => sum + heldMs, 0) / 100) / 10;
    const ok = seconds * 1000 < mostBlockedMs;
    const message = `held for ${seconds} s of the last ${blockedWindowMs / 1000} s, by turns of more than ${blockedTurnMs / 1000} s`;
    return { name: 'event loop', ok, message: this.#blocked.length === 0 ? 'free' : message };
  }

  #look(longestMs: number): void {
    this.#deps.observe(longestMs);
    this.#forget();
    if (longestMs > blockedTurnMs)
      this.#blocked = [...this.#blocked, { seenAt: this.#deps.clock.monotonic(), heldMs: longestMs }];
  }

  #forget(): void {
    const since = this.#deps.clock.monotonic() - blockedWindowMs;
    this.#blocked = this.#blocked.filter(({ seenAt }) => seenAt > since);
  }
}

/** Each measurement of Node holds its own interval, too: it is taken off. */
function openDelayMeter(): DelayMeter {
  const histogram = monitorEventLoopDelay({ resolution: loopResolutionMs });
  histogram.enable();
  return {
    takeLongestMs() {
      const longestMs = histogram.max / 1e6;
      histogram.reset();
      return Math.max(0, longestMs - loopResolutionMs);
    },
    close: () => void histogram.disable(),
  };
}
