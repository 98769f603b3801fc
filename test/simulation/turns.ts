import type { Clock } from '../../src/base/clock.ts';
import type { Interruptible } from '../../src/base/interruptible.ts';
import { Turns } from '../../src/runtime/turns.ts';

/** At so many of the places where it may rest rendering does. */
const restShare = 0.05;
/** Longer than others of a real process, so that much can happen meanwhile. */
const longestRestMs = 100;

export interface SimulatedTurnsOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Told of each piece of work how many milliseconds of CPU it took: other programs have their turns, too. */
  readonly observe: (ms: number) => void;
}

/** Turns of a simulated process: where they end and how long they rest is drawn by lot, on simulated time. */
export class SimulatedTurns extends Turns {
  readonly #observe: (ms: number) => void;

  constructor({ clock, random, observe }: SimulatedTurnsOptions) {
    let spent = 0;
    super({
      monotonic: () => (spent += random() < restShare ? 1 : 0),
      rest: () => new Promise((resolve) => clock.schedule(random() * longestRestMs, resolve)),
      budgetMs: 1,
    });
    this.#observe = observe;
  }

  override run<T>(work: Interruptible<T>): Promise<T> {
    return super.run(this.#measure(work));
  }

  *#measure<T>(work: Interruptible<T>): Interruptible<T> {
    for (;;) {
      const began = process.cpuUsage();
      const step = work.next();
      const { user, system } = process.cpuUsage(began);
      this.#observe((user + system) / 1000);
      if (step.done === true) return step.value;
      yield;
    }
  }
}
