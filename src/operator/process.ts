import dotI from '@dot-i/k8s-operator';
import type { Logger } from '../base/logger.ts';

export interface ProcessOptions {
  readonly logger: Logger;
  /** Runs until the signal is aborted, then stops in order. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/**
 * The life of the operator's process: init, start, stop. Only that much of `@dot-i/k8s-operator` is used; its watches
 * lose deletes and end the process at the first error (docs/adr/0002-operator-base.md).
 */
export class StokerProcess extends dotI.default {
  readonly #options: ProcessOptions;
  readonly #abort = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ProcessOptions) {
    super(options.logger);
    this.#options = options;
  }

  /** Resolves when everything has stopped; rejects when it could not be started. */
  async finished(): Promise<void> {
    await this.#running;
  }

  override stop(): void {
    this.#abort.abort(new Error('stopped'));
    super.stop();
  }

  protected override init(): Promise<void> {
    this.#running = this.#options.run(this.#abort.signal);
    // `finished` reports it; without a handler a failure before that would end the process.
    this.#running.catch(() => undefined);
    return Promise.resolve();
  }
}
