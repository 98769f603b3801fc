import type { KubernetesObject } from '../../api/meta.ts';
import { compareBytes } from '../../base/order.ts';

/** The values under which an object is found in an index. Must depend on the object alone. */
export type Indexer<T extends KubernetesObject> = (object: T) => readonly string[];

/** So many changed keys are put into the list one by one; for more of them it is made anew. */
const placedOneByOne = 32;

/** Objects by key, and the same as an array in the byte order of keys, which is kept until something changes. */
export class Bucket<T> {
  readonly #objects = new Map<string, T>();
  /** Of the last list, and what has changed since. */
  #keys: readonly string[] = [];
  #array: readonly T[] = [];
  readonly #changed = new Set<string>();

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  set(key: string, object: T): void {
    this.#objects.set(key, object);
    this.#changed.add(key);
  }

  delete(key: string): void {
    if (this.#objects.delete(key)) this.#changed.add(key);
  }

  /** One changed object among many costs a copy of the array, no look at the others: those are not in the processor's caches. */
  list(): readonly T[] {
    if (this.#changed.size > placedOneByOne) this.#listAnew();
    else if (this.#changed.size > 0) this.#place();
    this.#changed.clear();
    return this.#array;
  }

  #listAnew(): void {
    this.#keys = [...this.#objects.keys()].sort(compareBytes);
    this.#array = this.#keys.map((key) => this.#objects.get(key) as T);
  }

  #place(): void {
    const [keys, array] = [[...this.#keys], [...this.#array]];
    for (const key of this.#changed) {
      const at = findPlace(keys, key);
      const wasThere = keys[at] === key ? 1 : 0;
      const object = this.#objects.get(key);
      if (wasThere === 1 && object !== undefined) array[at] = object;
      else {
        keys.splice(at, wasThere, ...(object === undefined ? [] : [key]));
        array.splice(at, wasThere, ...(object === undefined ? [] : [object]));
      }
    }
    [this.#keys, this.#array] = [keys, array];
  }
}

/** Where the key stands, or would stand. */
function findPlace(keys: readonly string[], key: string): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareBytes(keys[middle] ?? '', key) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
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
