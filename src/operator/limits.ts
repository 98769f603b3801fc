/** Every bound of the composition root. See docs/limits.md. */

/** Requests to the API server in the long run and at once, as the reference has it. */
export const requestsPerSecond = 100;

/** Time for one request to the API server, its answer included. */
export const requestTimeoutMs = 60_000;

/** First wait while the API server is not reached at start, doubled each time. */
export const firstConnectRetryMs = 800;

/** Longest wait while the API server is not reached at start. */
export const longestConnectRetryMs = 30_000;

/**
 * Permissions are asked for again after this time while all is well: nothing but a refusal makes it worth asking
 * sooner.
 */
export const accessCalmMs = 300_000;

/** Permissions are asked for again after this time while one is missing: whoever grants it waits for the result. */
export const accessMissingMs = 15_000;

/** However many refusals there are, this much time is between two rounds of asking. */
export const accessLeastMs = 5_000;

/** Questions about permissions under way at once. */
export const parallelReviews = 4;

/**
 * A watch that failed or was silent for longer than this may be stuck in a way that only a restart mends: /healthz
 * fails.
 */
export const stuckMs = 15 * 60_000;

/** At the end, requests to the web server that are under way have this long. */
export const serverGraceMs = 5_000;

/** What /explain reads of the cluster is read at most this often, however many ask. */
export const discoveredFreshMs = 10_000;

/** Time to read the cluster for /explain. */
export const discoveredTimeoutMs = 30_000;

/**
 * As long as an API server believes its own webhooks, a caller is let in without a question: a grant that is taken ends
 * that much later.
 */
export const callerAnswerMs = 10_000;

/** Answers about callers that are remembered; the oldest go first. */
export const callerAnswers = 1000;

/**
 * Questions about callers in the first second and in each further one: strangers cannot use up what syncs need of the
 * client.
 */
export const reviewsPerSecond = 20;

/** Time for one question about a caller. */
export const reviewTimeoutMs = 10_000;

/** Configurations that change in a row are taken over once. */
export const observerQuietMs = 2000;

/** Targets are computed anew at most this often, as Prometheus does. */
export const observerReloadMs = 5000;

/** Rules, jobs and targets that changed are looked at so often, to count selectors that nothing can fulfil. */
export const rulesCountedMs = 60_000;

/** The Secret with the certificate is looked at this often at least: another replica may have written it. */
export const certificateLookMs = 30_000;

/** First wait after a certificate could not be written or published, doubled each time. */
export const firstCertificateRetryMs = 500;

/** Longest wait after that. */
export const longestCertificateRetryMs = 15_000;

/** Tries to publish a CA: needed when several replicas publish at once. */
export const bundleTries = 4;

/** The event loop should never be held for longer at a time: a bound of the metric's buckets, so that what is longer can be counted. */
export const longTurnMs = 50;

/** Time between two measurements of the event loop's delay. */
export const loopResolutionMs = 10;

/** How often the longest turn of the event loop is looked at. */
export const loopLookMs = 1_000;

/** Turns of the event loop that are longer than this count for /healthz: probes begin to notice them. */
export const blockedTurnMs = 1_000;

/** How far back /healthz looks for them. */
export const blockedWindowMs = 120_000;

/**
 * /healthz fails when such turns took this much of that time: half of it. A first sync of a large cluster ends long before, and
 * must not be begun anew for ever; what goes on and on (a full heap that is collected without end) may be mended by a restart.
 */
export const mostBlockedMs = 60_000;

/** Time for one answer of a replica that is asked what it runs. */
export const replicaTimeoutMs = 10_000;

/** Of one answer of a replica: the largest configuration that a Secret holds prints as some thirty megabytes. */
export const replicaAnswerBytes = 67_108_864;

/** Workloads whose replicas are looked at at the same time: each may hold an answer of many megabytes. */
export const parallelLooks = 4;

/** After so long it is no longer the kubelet's delay that keeps a replica from what was written. */
export const lateLoadMs = 180_000;

/** A workload whose replicas are not known, such as those of a DaemonSet, is looked at this often for Pods. */
export const rarestLookMs = 60_000;

/** A compressed configuration up to this size is unpacked at once: some milliseconds. */
export const unpackedAtOnceBytes = 65_536;

/** How often `stoker discovery` writes the answers that it keeps for after a restart. */
export const keptAnswersMs = 30_000;

/** Text of the answers that are kept; more is not read. */
export const mostKeptBytes = 512 * 1024 * 1024;

/** A replica of `stoker discovery` whose watch of plans fails for so long is not ready any more: another one may know of plans that it does not. */
export const deafMs = 10_000;

/** The same for one that hears nothing: bookmarks come every minute. */
export const silentPlansMs = 180_000;
/** What a caller of the page may see is asked for again after this time: a grant that is taken ends that much later. */
export const sightAnswerMs = 30_000;

/** Callers of the page whose rights are remembered; who came longest ago goes first. */
export const callersSeen = 1_000;

/** Questions about what one caller of the page may see, for one answer: a kind in a namespace is one. */
export const mostPlacesAsked = 5_000;

/** Of these, under way at once. */
export const parallelSightReviews = 16;

/** Requests about callers of the page in the long run and at once: they have a client of their own, so that syncs do not wait for them. */
export const pageRequestsPerSecond = 200;

/** After so long an event stream of a caller that is known by name ends; the page opens it again, and is asked who it is. */
export const callerStreamMs = 300_000;

/** A watch that has failed for so long is told to whoever has the page open: shorter breaks mend themselves. */
export const behindMs = 5_000;

/** A watch on which nothing came for so long may be dead: bookmarks come every minute. */
export const silentWatchMs = 130_000;

/** How often the page looks how the watches are. */
export const watchLookMs = 1_000;

/** How often a number of shards is recommended: an autoscaler asks every 15 to 30 s. */
export const shardsAdvisedMs = 15_000;
/** So long after a survey of everything the next one begins at the earliest: changes come in bursts. */
export const overviewPauseMs = 1_000;

/** Times the time that a survey of everything took, it is paused before the next one: that leaves it a tenth of a processor. */
export const overviewPause = 9;

/** Who explains without doing the syncs (`stoker page`, a replica that does not lead) reads a Secret, a ConfigMap and the rights of a ServiceAccount again after this time: each is a request. */
export const assetFreshMs = 60_000;

/** An overview is made anew after this time without a change: Pods and endpoints change unseen. */
export const overviewFreshMs = 30_000;
/** Objects that change within this time are told to the page in one event. */
export const changesGatheredMs = 100;

/** Pages that wait for what must be worked out for them alone; more are told to come again. */
export const mostPageWork = 50;

/** What was searched of configurations is remembered at least so long after the last search: a text as large as what was searched. */
export const searchTextsMs = 60_000;
