/** Every bound of the controllers. See docs/limits.md. */

/** The kubelets' sync that the fence refused is tried again so soon: the lease may be kept after all. */
export const fencedRetryMs = 1000;

/**
 * So many writes of ours that are undone one after the other are no slip of a hand and no change of hands: somebody else keeps
 * changing the object. The writes before it are made at once.
 */
export const freeWrites = 3;

/** Writes are undone one after the other when so much time is between two at most; after so much quiet a fight is over. */
export const fightMemoryMs = 600_000;

/** For so long a contested object is left alone before it is written back, doubled each time. */
export const firstFightRestMs = 1000;

/** Longest time for which a contested object is left alone. */
export const longestFightRestMs = 300_000;

/** Secrets and ConfigMaps that one sync reads at once: one that refers to thousands must not use up the client. */
export const parallelReads = 16;

/** Bindings that one sync writes at once. */
export const parallelBindings = 16;

/** How often a binding is tried while others write the same object: each time one of them gets its way. */
export const bindingTries = 8;

/**
 * So many failures in a row, none of which is about an object, are an outage: the rest of the bindings is left for
 * later.
 */
export const bindingOutageFailures = 20;

/** First wait before bindings that could not be written are tried again, doubled each time. */
export const firstBindingRetryMs = 1000;

/**
 * Longest wait before a sync, a status or a binding that failed is tried again: an outage that is over is noticed within a
 * minute, not a quarter of an hour as by client-go's default.
 */
export const longestRetryMs = 60_000;

/** Changes that come this close together make one sync: too short to be felt. */
export const coalesceQuietMs = 10;

/** Longest wait for further changes before a sync: long enough for `kubectl apply -f DIR`. */
export const coalesceLongestMs = 200;

/** What waits for others to be ready is woken when they are, and looked at this often all the same. */
export const heldLookMs = 60_000;

/** What waits for a maintenance window is looked at this often at least: a timer holds no longer time. */
export const longestHoldMs = 86_400_000;

/** How long an event about an object that we wrote may be ahead of the answer to the write. */
export const ownWriteMs = 50;

/** A cache that is filled wakes those that wait for it; so often they look whether it has come to fail. */
export const fillingLookMs = 1000;

/** Pods are not watched: while not all is well they are counted again this often. */
export const podCountMs = 60_000;

/**
 * Namespaces that are read by name are read this often, as by the reference (docs/reference/operator-runtime.md 3.1).
 */
export const namespacePollMs = 15_000;

/** Volume claims are not watched: while some are being expanded they are looked at this often. */
export const expansionLookMs = 5000;

/** Whether what keeps volumes from being expanded (a StorageClass, a permission) is there no more is asked this often. */
export const refusedExpansionLookMs = 60_000;

/**
 * Whether a PodDisruptionBudget or NetworkPolicy that could not be written can be, since somebody has deleted his own of the name or
 * granted the permission, is looked at this often.
 */
export const takenNameLookMs = 60_000;
