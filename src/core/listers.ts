import type { KubernetesObject } from '../api/meta.ts';

/**
 * Read access to objects of one kind; the one seam between core and where objects come from
 * (informer caches, YAML files, literals in tests). What it returns is frozen: never modify it.
 */
export interface Lister<T extends KubernetesObject> {
  /** Whether lists are in the byte order of "namespace/name"; else they are in no particular order. */
  readonly isOrdered?: true;
  /** All objects, or those of one namespace. */
  list(namespace?: string): readonly T[];
  get(namespace: string, name: string): T | undefined;
}
