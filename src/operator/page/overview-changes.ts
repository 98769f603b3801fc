import { compareOverviews } from '../../core/overview/compare-overviews.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { Change } from '../../web/page/page-event.ts';
import type { DatedOverview, Overviewer } from '../explain/overviewer.ts';

export interface OverviewChangesDeps {
  readonly overviews: Pick<Overviewer, 'subscribe'>;
  readonly turns: Turns;
  readonly logger: Logger;
  readonly publish: (change: Change) => void;
}

/** Tells the page which rows of its lists came, went or are others, one overview after the other, while it has an audience. */
export class OverviewChanges {
  readonly #deps: OverviewChangesDeps;
  /** What was compared last: nobody may have looked since. */
  #told: DatedOverview | undefined;
  #unsubscribe: (() => void) | undefined;
  /** Comparisons, one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(deps: OverviewChangesDeps) {
    this.#deps = deps;
  }

  /** @param hasAudience whether somebody is there to be told */
  follow(hasAudience: boolean): void {
    if (!hasAudience) {
      this.#unsubscribe?.();
      this.#unsubscribe = undefined;
      return;
    }
    this.#unsubscribe ??= this.#deps.overviews.subscribe((next, last) => {
      const earlier = this.#told ?? last;
      this.#told = next;
      this.#last = this.#last.then(() => this.#compare(next, earlier));
    });
  }

  /** Before the first overview nobody was shown anything. */
  async #compare(next: DatedOverview, earlier: DatedOverview | undefined): Promise<void> {
    if (earlier === undefined) return;
    const { turns, publish, logger } = this.#deps;
    try {
      const rows = await turns.run(compareOverviews(earlier.overview, next.overview));
      publish({ asOf: next.asOf, rows });
    } catch (error) {
      logger.error('Cannot compare what the page shows', { err: describeError(error) });
    }
  }
}
