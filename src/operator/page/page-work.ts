import type { Interruptible } from '../../base/interruptible.ts';
import type { Turns } from '../../runtime/turns.ts';
import { RefusalError } from '../../web/page/page-guard.ts';
import { mostPageWork } from '../limits.ts';

/** What pages have worked out, one after the other: however many ask, syncs share the event loop with one of them. */
export class PageWork {
  readonly #turns: Turns;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** @throws {RefusalError} when too many wait already. @throws what the work throws. */
  async run<T>(work: Interruptible<T>): Promise<T> {
    if (this.#waiting >= mostPageWork)
      throw new RefusalError({ status: 429, message: 'Cannot work this out now: too many ask at the same time' });
    this.#waiting += 1;
    const before = this.#last;
    const done = before.then(() => this.#turns.run(work));
    this.#last = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      this.#waiting -= 1;
    }
  }
}
