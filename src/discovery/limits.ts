/** Every bound of target discovery. See docs/limits.md. */

/** A server of http_sd that gives no answer is given up for this round. */
export const httpTimeoutMs = 60_000;

/** Editors and kubelet write a file in several steps: changes that come this close together are read once. */
export const fileQuietMs = 50;

/** How often it is asked whether caches have synced, as client-go does. */
export const syncPollMs = 100;

/** Redirects that are followed: Go's number. */
export const longestRedirect = 10;

/** A token is asked for anew so long before it ends, as Go's oauth2 does. */
export const tokenMarginMs = 10_000;

/** A token server that gives no answer is given up, and so is the request that needs the token. */
export const tokenTimeoutMs = 30_000;

/** First wait between two updates of targets, while they change one after the other. */
export const firstUpdateWaitMs = 100;

/** Longest wait between two updates of targets: Prometheus sends them every 5 s. */
export const longestUpdateWaitMs = 5000;

/** Each wait between two updates is this many times the one before. */
export const updateWaitGrowth = 1.5;

/** So many changes are remembered beyond the number of groups; who comes later takes everything anew. */
export const rememberedChanges = 1024;

/** Discovery plans that change this close together are taken over at once. */
export const planQuietMs = 100;

/** Targets that are served are brought up to date at most this often. */
export const servedReloadMs = 500;

/** Pools of targets are brought up to date for so long at a time; then the event loop serves others. One job is one piece. */
export const reloadedAtOnceMs = 20;
