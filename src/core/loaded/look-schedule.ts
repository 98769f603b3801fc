import { firstLookMs, lookBudget, lookBudgetMs, lookDoubtMs, settledLookMs, unsettledLookMs } from '../limits.ts';

/** How long after a change it is looked at, in milliseconds. */
const lookSeriesMs: readonly number[] = [1, 3, 6, 12, 24].map((times) => times * firstLookMs);

/** What a look at a replica found: all is well, something is still to come, or what was well is not any more. */
export type LookOutcome = 'settled' | 'waiting';

/**
 * When one replica is looked at: some times after a change, further apart each time, since the kubelet takes up to a minute and more to
 * bring a Secret into a Pod; then now and then. Whatever happens, no more often than the budget says: `lookBudget` looks at once and
 * one each `lookBudgetMs` in the long run. Times are milliseconds of a clock that never goes back, and are handed in.
 */
export class LookSchedule {
  #changedAt: number;
  /** How many looks of the series since the change are done. */
  #done = 0;
  #lastAt: number | undefined;
  #isSettled = false;
  /** Set when something that was well is not: when it is looked at again. */
  #doubtAt: number | undefined;
  /** Looks that are left, at the time. */
  #left = lookBudget;
  #leftAt: number;

  constructor(now: number) {
    this.#changedAt = now;
    this.#leftAt = now;
  }

  /** Something else was written. While a first look at an earlier change is due, it is not put off. */
  change(now: number): void {
    const isWaiting = !this.#isSettled && this.#done === 0 && this.#lastAt !== undefined;
    if (this.#lastAt === undefined || isWaiting) return;
    this.#changedAt = now;
    this.#done = 0;
    this.#isSettled = false;
    this.#doubtAt = undefined;
  }

  /** @param isAsked false: nobody was there to be asked, which costs nothing. */
  looked(now: number, outcome: LookOutcome, isAsked = true): void {
    this.#left = this.#count(now) - (isAsked ? 1 : 0);
    this.#leftAt = now;
    this.#lastAt = now;
    const wasSettled = this.#isSettled;
    this.#isSettled = outcome === 'settled';
    this.#doubtAt = wasSettled && !this.#isSettled ? now + lookDoubtMs : undefined;
    while (this.#done < lookSeriesMs.length && this.#changedAt + (lookSeriesMs[this.#done] ?? 0) <= now)
      this.#done += 1;
  }

  /** When it is looked at next. */
  dueAt(): number {
    return Math.max(this.#wantedAt(), this.#affordableAt());
  }

  #wantedAt(): number {
    if (this.#isSettled && this.#lastAt !== undefined) return this.#lastAt + settledLookMs;
    if (this.#doubtAt !== undefined) return this.#doubtAt;
    const next = lookSeriesMs[this.#done];
    if (next !== undefined) return this.#changedAt + next;
    return (this.#lastAt ?? this.#changedAt) + unsettledLookMs;
  }

  #affordableAt(): number {
    return this.#left >= 1 ? this.#leftAt : this.#leftAt + Math.ceil((1 - this.#left) * lookBudgetMs);
  }

  /** What the budget holds at that time. */
  #count(now: number): number {
    return Math.min(lookBudget, this.#left + (now - this.#leftAt) / lookBudgetMs);
  }
}
