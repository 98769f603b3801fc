/** Every bound of the embedded control plane. See docs/limits.md. */

/** A client that reads slower than events come is cut off at this many unsent bytes. */
export const unsentBytes = 256 * 1024 * 1024;

/** A watch gets a bookmark this often, as of the API server. */
export const bookmarkMs = 60_000;

/** A watch that asks for no time is ended after this and up to twice as much, as by the API server. */
export const shortestWatchSeconds = 1800;

/** A read of a revision that is not there yet waits this long for it, as in the API server. */
export const futureRevisionMs = 3000;

/** How often it is looked for meanwhile. */
export const futureRevisionStepMs = 100;

/** Values of a ConfigMap or Secret together, as in the API server. */
export const configurationBytes = 1024 * 1024;

/** Annotations of an object together, as in the API server. */
export const annotationBytes = 256 * 1024;

/** State is written to `--data` this often, when it has changed. */
export const saveMs = 2000;

/** A watch in this process shall not end: the longest time that a timer of Node can run. */
export const endlessWatchSeconds = 2_147_000;

/** The contents of a namespace that goes are counted this often, while finalizers or Pods' grace periods keep some. */
export const namespaceLookMs = 200;

/** First wait of a controller after a failure, doubled each time. */
export const firstRetryMs = 20;

/** Longest wait of a controller after a failure. */
export const longestRetryMs = 5_000;

/** How often a Pod looks again for a Secret or ConfigMap that it misses. */
export const missingLookMs = 500;

/** How often a node is looked for again for a Pod that fits on none. */
export const scheduleRetryMs = 1_000;

/** Endpoints in one EndpointSlice: the default of the controller manager. */
export const sliceEndpoints = 100;

/** Then the caller is asked to come again after this time. */
export const futureRevisionRetrySeconds = 1;

/** How long the storage driver, and then the kubelet, is at work on a claim that grows. */
export const expansionStepMs = 200;
