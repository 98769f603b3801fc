import type { KubernetesObject } from '../../api/meta.ts';

/**
 * Changes an object before it is stored: it may be altered in place. Undefined leaves the object out of the cache.
 * Name, namespace and resourceVersion must stay.
 */
export type Transform<T extends KubernetesObject> = (object: T) => T | undefined;
