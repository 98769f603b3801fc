/** Every bound of what writes. See docs/limits.md. */

/** Where no cache tells of changes, or one that lags behind, what was written or seen is believed for this long. */
export const trustedWriteMs = 60_000;

/** Repetitions of a write that others were faster with; then the sync fails, and comes again later. */
export const conflictRetries = 5;

/** First wait before such a repetition, doubled each time: the cache and the others get time. */
export const firstConflictWaitMs = 10;

/**
 * Rendering holds the event loop so long at a time, and one piece of work more: together less than the 50 ms after which watches,
 * leases and probes would notice.
 */
export const turnBudgetMs = 20;
