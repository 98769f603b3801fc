/** What a queue tells about itself; names and meanings are client-go's. */
import type { Clock } from '../../base/clock.ts';

/** Read when metrics are collected: nothing has to be pushed on a timer. */
export interface QueueGauges {
  /** Keys that wait (`depth`). */
  depth(): number;
  /** Sum of the time, in seconds, that keys now being worked on have taken so far (`unfinished_work_seconds`). */
  unfinishedWorkSeconds(): number;
  /** Age in seconds of the longest work going on (`longest_running_processor_seconds`). */
  longestRunningProcessorSeconds(): number;
}

/** Told what happens in one queue. */
export interface QueueObserver {
  /** `adds_total`. */
  observeAdd(): void;
  /** `latency_seconds`: how long a key waited before a worker took it. */
  observeLatency(seconds: number): void;
  /** `work_duration_seconds`: how long the work on a key took. */
  observeWorkDuration(seconds: number): void;
  /** `retries_total`: keys given to addAfter or addRateLimited. */
  observeRetry(): void;
}

/** Where the metrics of all queues go; the owner of the registry implements it. */
export interface MetricsProvider {
  /** Called once a queue, when it is made. */
  observeQueue(name: string, gauges: QueueGauges): QueueObserver;
}

const silentObserver: QueueObserver = {
  observeAdd: () => undefined,
  observeLatency: () => undefined,
  observeWorkDuration: () => undefined,
  observeRetry: () => undefined,
};

export interface QueueMetricsOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly metrics?: MetricsProvider | undefined;
}

/** Book-keeping of one queue: when keys were added and taken. `depth` reads the number of waiting keys. */
export class QueueMetrics {
  readonly #clock: Clock;
  readonly #observer: QueueObserver;
  readonly #addedAt = new Map<string, number>();
  readonly #takenAt = new Map<string, number>();

  constructor({ name, clock, metrics }: QueueMetricsOptions, depth: () => number) {
    this.#clock = clock;
    this.#observer = metrics?.observeQueue(name, this.#createGauges(depth)) ?? silentObserver;
  }

  added(key: string): void {
    this.#observer.observeAdd();
    this.#addedAt.set(key, this.#clock.monotonic());
  }

  taken(key: string): void {
    const now = this.#clock.monotonic();
    this.#takenAt.set(key, now);
    this.#observer.observeLatency((now - (this.#addedAt.get(key) ?? now)) / 1000);
    this.#addedAt.delete(key);
  }

  done(key: string): void {
    const now = this.#clock.monotonic();
    this.#observer.observeWorkDuration((now - (this.#takenAt.get(key) ?? now)) / 1000);
    this.#takenAt.delete(key);
  }

  retried(): void {
    this.#observer.observeRetry();
  }

  #createGauges(depth: () => number): QueueGauges {
    const runningFor = (): number[] => [...this.#takenAt.values()].map((at) => (this.#clock.monotonic() - at) / 1000);
    return {
      depth,
      unfinishedWorkSeconds: () => runningFor().reduce((sum, seconds) => sum + seconds, 0),
      longestRunningProcessorSeconds: () => Math.max(0, ...runningFor()),
    };
  }
}
