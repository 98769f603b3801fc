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
