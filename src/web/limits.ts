/** Every bound of the HTTP servers. See docs/limits.md. */

/** After a change of a file of TLS the others are waited for: kubelet and cert tools write one after the other. */
export const fileSettleMs = 250;

/** A profile takes this long when nothing is said: Go's number. */
export const profileSeconds = 30;

/** Longest profile: each one slows the process down. */
export const longestProfileSeconds = 300;

/**
 * A connection without a request is closed after this time. Longer than Go's clients keep one (90 s): whoever closes
 * first must be the client, or a request that it sends at that moment is lost.
 */
export const idleClientMs = 120_000;

/** A client has this long to send its request, its TLS handshake included: slow ones must not hold connections. */
export const clientTimeoutMs = 30_000;

/** How often requests that are too slow are looked for. */
export const longestTimeoutCheckMs = 5_000;

/** Changes that are kept for clients of the page that come back; who missed more reads all again. */
export const eventsKept = 1000;

/** Rows of all kept changes together: some hundred bytes each. */
export const rowsKept = 20_000;

/** Rows that one event names; of more only their lists are named, and the page reads those again. */
export const mostEventRows = 100;

/** Event streams that are open at once: each holds a connection and its buffers, some 30 kB. */
export const mostStreams = 2_000;

/** Of these, streams of one caller that is known by name. */
export const mostStreamsOfCaller = 100;

/** To a client that has left so much of its stream untaken no more events are written until it has taken all. */
export const slowStreamBytes = 65_536;

/** When it has not done so after this time it is cut off: it comes back, and is given what it missed. */
export const slowStreamMs = 10_000;

/** Streams that are written to before the event loop has a rest. */
export const streamsATurn = 100;

/** A stream on which nothing was written for so long is given a comment: proxies end what is silent. */
export const heartbeatMs = 15_000;

/** A page whose stream ended comes back after this time. */
export const reconnectMs = 1_000;

/** Longest token that a cookie holds: browsers keep cookies of up to 4,096 bytes. */
export const longestTokenCharacters = 3_900;

/** Longest address of the page: what a search box takes and all filters are far below it. */
export const longestUrlCharacters = 4_096;

/** Longest body that the page takes: a token in a form. */
export const largestFormBytes = 16_384;

/** Smaller answers are not compressed: unpacking costs a Prometheus more than reading them, and it asks again and again. */
export const smallestPackedBytes = 16_384;
/** Targets of one endpoint that its page lists; one endpoint may have thousands. */
export const shownTargets = 50;

/** Rows of a list on one page: thousands would take seconds to lay out on a telephone. */
export const pageRows = 100;

/** Sections and monitors of a configuration on one page: the jobs of one are some 70 lines each. */
export const pageParts = 20;
