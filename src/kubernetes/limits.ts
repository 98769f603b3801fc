/** Every bound of the client, the caches, the queues, the events and the election. See docs/limits.md. */

/**
 * Time for one request, its answer included, where the caller names none: as long as the API server itself works on
 * one.
 */
export const defaultRequestTimeoutMs = 60_000;

/** Repetitions of one request after a refusal that passes: what is longer is the work of a queue. */
export const requestRetries = 5;

/** A request waits for a Retry-After of this much; for more, whoever asked is told, and comes again. */
export const longestRetryAfterMs = 30_000;

/**
 * Different warnings of the API server that are logged once each; further ones are not logged, so that nobody fills the
 * log.
 */
export const rememberedWarnings = 100;

/**
 * Connections for requests over HTTP/1.1: a burst of a thousand writes must not open a thousand. Watches have their
 * own.
 */
export const requestConnections = 16;

/** A connection without requests is closed after this time, before balancers forget it (60 s and more). */
export const idleConnectionMs = 30_000;

/** A server may ask that idle connections are kept longer, up to this time. */
export const longestIdleConnectionMs = 60_000;

/**
 * TCP and TLS together: a server that is there answers in less, one that is gone shall be noticed before the request
 * times out.
 */
export const connectTimeoutMs = 10_000;

/** The kernel asks a silent connection whether it lives after this time: half-open connections end. */
export const keepAliveProbeMs = 30_000;

/**
 * Files (certificates, tokens) are looked at again after this time, as client-go does; exec plugins say themselves how
 * long.
 */
export const credentialAgeMs = 60_000;

/** Of what an exec plugin prints when it fails, so much stands in the error: the plugin's text has no bound. */
export const shownPluginErrorCharacters = 300;

/** Of an error answer that is no Status (a page of a proxy), so much stands in the error. */
export const shownAnswerCharacters = 200;

/** Of a name that cannot be sent, so much stands in the error: names of users have no bound. */
export const shownNameCharacters = 80;

/** Objects a page of a list, as client-go: the memory of an answer stays small on both sides. */
export const pageObjects = 500;

/**
 * A watch is asked for this time and up to twice as long, at random: not all watches of a cluster come back at the same
 * moment.
 */
export const shortestWatchMs = 300_000;

/** Bookmarks come every minute: two missed ones, and the connection is taken for dead. A new watch costs little. */
export const watchSilenceMs = 130_000;

/** A server that knows WatchList begins to send, or says no, well within this time; else pages are listed. */
export const initialSilenceMs = 30_000;

/** A watch without events that ends sooner was not worth its request, and counts as a failure: no busy loop. */
export const shortWatchMs = 1000;

/** A watch without events counts as good after this time: its cache is said to be well. */
export const quietWatchMs = 5000;

/** First wait of a cache after a failure, doubled each time, with jitter: client-go's. */
export const firstRelistMs = 800;

/** Longest wait of a cache between two tries: so late it is that an API server which is well again is noticed. */
export const longestRelistMs = 30_000;

/** A watch that was open so long was good: its failure is the first of a new row. */
export const goodWatchMs = 10_000;

/** Longest wait while a kind is unknown: its CRD may be there at any moment, and asking is cheap. */
export const longestWaitForCrdMs = 10_000;

/** A Namespace that may be read but not watched is read again after this time. */
export const namedReadMs = 15_000;

/** A cache waits for a Retry-After of this much; beyond, it is taken for a mistake. */
export const longestAskedRelistMs = 300_000;

/** Events that are on their way get this long to arrive before a difference between cache and server counts. */
export const verifyGraceMs = 10_000;

/** Requests at once of a cache that reads by name: it is never in a hurry. */
export const parallelLooks = 4;

/** What RBAC was found to grant is believed for this long: permissions change rarely, and a refusal asks anew. */
export const accessAnswerMs = 60_000;

/** First wait of a key that failed, doubled each time: client-go's default. */
export const firstRequeueMs = 5;

/** Longest wait of a key that fails again and again: client-go's default. */
export const longestRequeueMs = 1_000_000;

/** Keys that failed come back at this rate, all together: client-go's default. */
export const requeuesPerSecond = 10;

/** Keys that failed and may come back at once: client-go's default. */
export const requeueBurst = 100;

/** Events that are over are forgotten this often. */
export const eventCollectMs = 60_000;

/** At the end, what is left of events has this long to be sent: the process shall stop soon. */
export const eventFlushMs = 1000;

/** Writes of events at once about one object: client-go's spam filter. */
export const eventBurst = 25;

/** After each of these, one more write of an event about an object: client-go's spam filter. */
export const eventRefillMs = 5 * 60_000;

/** Objects whose events are counted; beyond, the one that was quiet longest is forgotten. As client-go. */
export const eventSources = 4096;

/** Without a repeat for this long a series of events is over, and the next one is a new object. */
export const seriesEndMs = 6 * 60_000;

/** A running series of events shows itself at least this often. */
export const seriesHeartbeatMs = 30 * 60_000;

/** Series of events that are remembered; beyond, the oldest is forgotten. As client-go. */
export const eventSeries = 4096;

/** Tries to send one event; then it is logged, and lost: events help people, nothing depends on them. */
export const eventTries = 5;

/** First wait before an event is sent again. */
export const firstEventRetryMs = 1000;

/** Longest wait before an event is sent again. */
export const longestEventRetryMs = 10_000;

/** After a refusal no events are sent to a namespace for this long; then the permission may have come. */
export const eventSilenceMs = 10 * 60_000;

/** Length of the text of an event: the API server refuses longer ones. */
export const eventNoteBytes = 1024;

/** Length of the name of an event: the API server refuses longer ones. */
export const eventNameCharacters = 253;

/**
 * Others wait this long before they take a Lease that is not renewed, where flags say nothing else: client-go's
 * default.
 */
export const defaultLeaseDurationMs = 15_000;

/** Renewing is tried this long before leadership is given up, where flags say nothing else: client-go's default. */
export const defaultRenewDeadlineMs = 10_000;

/** Time between two tries for the Lease, where flags say nothing else: client-go's default. */
export const defaultElectionRetryMs = 2000;

/** A Lease that is handed over runs out after this: anybody may take it, as client-go has it. */
export const releasedLeaseSeconds = 1;

/** Calls inside of each other while an object is frozen, deeper than any schema; the API server takes 10,000 levels without one. */
export const deepestFreezeCalls = 200;
