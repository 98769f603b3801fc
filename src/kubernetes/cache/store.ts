import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { Bucket, Index } from './indexer.ts';
import type { Indexer } from './indexer.ts';
import type { Lister } from './lister.ts';

/** Objects of one type by key ("namespace/name"), by namespace and by declared indexes. Holds what it is given, unchanged. */
export class Store<T extends KubernetesObject> implements Lister<T> {
  readonly isOrdered = true;
  readonly #all = new Bucket<T>();
  readonly #namespaces = new Index<T>((object) => [object.metadata.namespace ?? '']);
  readonly #indexes = new Map<string, Index<T>>();

  constructor(indexers: Readonly<Record<string, Indexer<T>>> = {}) {
    for (const [name, indexer] of Object.entries(indexers)) this.#indexes.set(name, new Index(indexer));
  }

  list(namespace?: string): readonly T[] {
    return namespace === undefined ? this.#all.list() : this.#namespaces.lookup(namespace);
  }

  get(namespace: string, name: string): T | undefined {
    return this.#all.get(namespace === '' ? name : `${namespace}/${name}`);
  }

  byIndex(index: string, value: string): readonly T[] {
    const found = this.#indexes.get(index);
    if (found === undefined) throw new TypeError(`Cannot read index "${index}": it was not declared`);
    return found.lookup(value);
  }

  getByKey(key: string): T | undefined {
    return this.#all.get(key);
  }

  set(object: T): void {
    const key = keyOf(object);
    this.#reindex(key, object);
    this.#all.set(key, object);
  }

  delete(key: string): void {
    this.#reindex(key, undefined);
    this.#all.delete(key);
  }

  #reindex(key: string, current: T | undefined): void {
    const previous = this.#all.get(key);
    this.#namespaces.replace(key, previous, current);
    for (const index of this.#indexes.values()) index.replace(key, previous, current);
  }
}
