import type { KubernetesObject } from '../api/meta.ts';

/**
 * Read access to objects of one kind; the one seam between core and where objects come from
 * (informer caches, YAML files, literals in tests). What it returns is frozen: never modify it.
 */
export interface Lister<T extends KubernetesObject> {
  /** All objects, or those of one namespace, in no particular order. */
  list(namespace?: string): readonly T[];
  get(namespace: string, name: string): T | undefined;
}
