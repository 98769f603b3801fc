import type { Interruptible } from '../base/interruptible.ts';
import { turnBudgetMs } from './limits.ts';

export interface TurnsOptions {
  /** Milliseconds since an arbitrary start. */
  readonly monotonic: () => number;
  /** Resolves when everybody else was served. Default: one round of Node's event loop. */
  readonly rest?: () => Promise<void>;
  /** How long the event loop is held at a time, in milliseconds. Default: `turnBudgetMs`. */
  readonly budgetMs?: number;
}

/** What has arrived is read, and timers that are due fire. */
const restOneRound = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Goes on until it ends or the turn is over. */
type Task = (isOver: () => boolean) => 'ended' | 'interrupted';

/**
 * Computing in turns, so that watches, leases and probes are served meanwhile. There is one for all that computes in a process:
 * however many compute at the same time, between two rests they hold the event loop together for the budget and one piece of
 * work. Who had a turn and is not done stands at the end of the line.
 */
export class Turns {
  readonly #monotonic: () => number;
  readonly #rest: () => Promise<void>;
  readonly #budgetMs: number;
  readonly #line: Task[] = [];
  /** Since the last rest. */
  #spentMs = 0;
  #isResting = false;

  constructor({ monotonic, rest = restOneRound, budgetMs = turnBudgetMs }: TurnsOptions) {
    this.#monotonic = monotonic;
    this.#rest = rest;
    this.#budgetMs = budgetMs;
  }

  /** Does the work and resolves with its result, or rejects with what it throws. */
  run<T>(work: Interruptible<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#line.push((isOver) => {
        try {
          let step = work.next();
          while (step.done !== true && !isOver()) step = work.next();
          if (step.done !== true) return 'interrupted';
          resolve(step.value);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        return 'ended';
      });
      this.#proceed();
    });
  }

  #proceed(): void {
    while (!this.#isResting) {
      const task = this.#line.shift();
      if (task === undefined) return;
      const began = this.#monotonic() - this.#spentMs;
      const spend = (): boolean => (this.#spentMs = this.#monotonic() - began) >= this.#budgetMs;
      if (task(spend) === 'interrupted') this.#line.push(task);
      if (spend()) void this.#pause();
    }
  }

  async #pause(): Promise<void> {
    this.#isResting = true;
    this.#spentMs = 0;
    await this.#rest();
    this.#isResting = false;
    this.#proceed();
  }
}
