import type { Clock } from '../base/clock.ts';
import { TerminalError, describeError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { RateLimitingQueue } from '../kubernetes/workqueue/rate-limiting-queue.ts';

/** What a reconcile asks for when it ended well: nothing, or to be called again later. */
export type Outcome = { readonly requeueAfterMs: number } | undefined;

/**
 * Brings one object from what is observed to what is desired. A key goes in, nothing else: which event woke it is not known.
 * Throwing means: try again, later each time. A TerminalError means: trying again cannot help.
 */
export type Reconcile = (key: string, signal: AbortSignal) => Promise<Outcome>;

/** How a reconcile ended. */
export type Result = 'done' | 'requeued' | 'failed' | 'terminal' | 'fenced';

export interface ControllerMetrics {
  observeReconcile(result: Result, seconds: number): void;
}

/**
 * Thrown by writes while it is not certain that this replica leads: the sync ends here. Where the lease was lost, the next
 * leader goes on; where it was kept after all (the machine slept, the clock jumped), the sync is tried again.
 */
export class FencedError extends Error {
  override readonly name = 'FencedError';

  constructor() {
    super('Cannot write: it is not certain that this replica leads');
  }
}

export interface ControllerOptions {
  readonly queue: RateLimitingQueue;
  /** How many keys are worked on at the same time; one key never is twice. */
  readonly workers: number;
  readonly reconcile: Reconcile;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: ControllerMetrics | undefined;
}

/** One queue, n workers, and the one switch over how a reconcile can end. */
export class Controller {
  readonly #options: ControllerOptions;
  #workers: readonly Promise<void>[] = [];

  constructor(options: ControllerOptions) {
    this.#options = options;
  }

  /** Starts the workers. `signal` is handed to each reconcile; it does not stop the workers: `stop` does. */
  start(signal: AbortSignal): void {
    const { workers } = this.#options;
    this.#workers = Array.from({ length: workers }, () => this.#work(signal));
  }

  /** Takes no new keys, lets what is being worked on end, and resolves then. */
  async stop(): Promise<void> {
    this.#options.queue.shutDown();
    await Promise.all(this.#workers);
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { queue } = this.#options;
    for (let item = await queue.get(); item !== 'shutdown'; item = await queue.get()) {
      try {
        if (!signal.aborted) await this.#process(item.key, signal);
      } finally {
        queue.done(item.key);
      }
    }
  }

  async #process(key: string, signal: AbortSignal): Promise<void> {
    const { queue, clock, metrics, reconcile } = this.#options;
    const begin = clock.monotonic();
    let result: Result;
    try {
      const outcome = await reconcile(key, signal);
      queue.forget(key);
      if (outcome !== undefined) queue.addAfter(key, outcome.requeueAfterMs);
      result = outcome === undefined ? 'done' : 'requeued';
    } catch (error) {
      result = this.#fail(key, error, signal);
    }
    metrics?.observeReconcile(result, (clock.monotonic() - begin) / 1000);
  }

  #fail(key: string, error: unknown, signal: AbortSignal): Result {
    const { queue, logger } = this.#options;
    if (error instanceof FencedError || signal.aborted) {
      // Once the signal is aborted nothing is worked on any more.
      if (!signal.aborted) queue.addRateLimited(key);
      logger.info('Sync ended early', { key, reason: describeError(error) });
      return 'fenced';
    }
    if (error instanceof TerminalError) {
      queue.forget(key);
      logger.error('Sync failed; it waits for a change', { key, err: describeError(error) });
      return 'terminal';
    }
    queue.addRateLimited(key);
    logger.warn('Sync failed; it will be tried again', {
      key,
      err: describeError(error),
      tries: queue.numRequeues(key),
    });
    return 'failed';
  }
}
