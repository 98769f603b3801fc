import type { KubernetesObject } from '../../api/meta.ts';

/**
 * Reads a local copy. Objects are frozen and shared: never change one, copy it. The arrays are shared too and stay the
 * same object until something changed.
 */
export interface Lister<T extends KubernetesObject> {
  /** Lists are in the byte order of "namespace/name". */
  readonly isOrdered?: true;
  /** All objects, or those of a namespace. */
  list(namespace?: string): readonly T[];
  /** `namespace` is "" for cluster-scoped objects. */
  get(namespace: string, name: string): T | undefined;
  /** Objects for which the indexer gave `value`. @throws {TypeError} for an index that was not declared. */
  byIndex(index: string, value: string): readonly T[];
}
