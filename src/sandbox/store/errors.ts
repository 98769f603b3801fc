/** A write that came too late: `current` is what is stored now. */
export class StoreConflictError extends Error {
  override readonly name = 'StoreConflictError';
}

/** A revision that the history does not reach back to. `oldest` is the first one that it does. */
export class HistoryExpiredError extends Error {
  override readonly name = 'HistoryExpiredError';
  readonly oldest: number;

  constructor(revision: number, oldest: number) {
    super(`too old resource version: ${revision} (${oldest})`);
    this.oldest = oldest;
  }
}
