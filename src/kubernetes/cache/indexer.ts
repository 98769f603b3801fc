import type { KubernetesObject } from '../../api/meta.ts';

/** The values under which an object is found in an index. Must depend on the object alone. */
export type Indexer<T extends KubernetesObject> = (object: T) => readonly string[];
