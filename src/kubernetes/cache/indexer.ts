import type { KubernetesObject } from '../../api/meta.ts';

/** The values under which an object is found in an index. Must depend on the object alone. */
export type Indexer<T extends KubernetesObject> = (object: T) => readonly string[];

/** Objects by key, and the same as an array that is made once and kept until something changes. */
export class Bucket<T> {
  readonly #objects = new Map<string, T>();
  #array: readonly T[] | undefined;

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  set(key: string, object: T): void {
    this.#objects.set(key, object);
    this.#array = undefined;
  }

  delete(key: string): void {
    if (this.#objects.delete(key)) this.#array = undefined;
  }

  list(): readonly T[] {
    this.#array ??= [...this.#objects.values()];
    return this.#array;
  }
}

/** One index over the objects of a store. */
export class Index<T extends KubernetesObject> {
  readonly #indexer: Indexer<T>;
  readonly #buckets = new Map<string, Bucket<T>>();

  constructor(indexer: Indexer<T>) {
    this.#indexer = indexer;
  }

  lookup(value: string): readonly T[] {
    return this.#buckets.get(value)?.list() ?? [];
  }

  /** `previous` and `current` are two states of one object; undefined: it was or is not there. */
  replace(key: string, previous: T | undefined, current: T | undefined): void {
    const before = new Set(previous === undefined ? [] : this.#indexer(previous));
    const after = new Set(current === undefined ? [] : this.#indexer(current));
    for (const value of before) if (!after.has(value)) this.#remove(value, key);
    if (current === undefined) return;
    for (const value of after) this.#bucketOf(value).set(key, current);
  }

  #bucketOf(value: string): Bucket<T> {
    let bucket = this.#buckets.get(value);
    if (bucket === undefined) this.#buckets.set(value, (bucket = new Bucket()));
    return bucket;
  }

  #remove(value: string, key: string): void {
    const bucket = this.#buckets.get(value);
    bucket?.delete(key);
    if (bucket?.size === 0) this.#buckets.delete(value);
  }
}
