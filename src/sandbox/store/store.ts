/**
 * Objects in memory by collection and key, under one counter of resourceVersions, with a bounded history of events.
 * Knows nothing of kinds. Everything is synchronous; stored objects are never changed in place.
 */
import type { ApiObject } from '../api.ts';
import { Collection } from './collection.ts';
import { StoreConflictError } from './errors.ts';
import type { ListRange, RangeList, StoreEvent } from './collection.ts';

export interface StoreOptions {
  /** Events kept per collection; a watch or page that begins before them is Expired. */
  readonly historySize?: number;
}

export interface StoredList extends RangeList {
  /** The revision the list shows. */
  readonly revision: number;
}

export type StoreSnapshot = {
  readonly revision: number;
  readonly collections: Readonly<Record<string, readonly ApiObject[]>>;
};

export interface StoreWatch {
  stop(): void;
}

export class Store {
  #revision = 1;
  /** Revision of the restored snapshot: what was before is unknown. */
  #floor = 0;
  #delivering = false;
  readonly #historySize: number;
  readonly #collections = new Map<string, Collection>();
  readonly #undelivered: { readonly collection: Collection; readonly event: StoreEvent }[] = [];

  constructor({ historySize = 10_000 }: StoreOptions) {
    this.#historySize = historySize;
  }

  /** The newest resourceVersion. */
  get revision(): number {
    return this.#revision;
  }

  get(collection: string, key: string): ApiObject | undefined {
    return this.#collection(collection).get(key);
  }

  /** Number of objects in a collection. */
  count(collection: string): number {
    return this.#collection(collection).size;
  }

  /**
   * The objects of a range as they were at revision `at` (now when absent).
   * @throws {HistoryExpiredError} when the history does not reach back to `at`.
   */
  list(collection: string, options: ListRange & { readonly at?: number } = {}): StoredList {
    const { at = this.#revision, ...range } = options;
    const found = this.#collection(collection);
    const list = at >= this.#revision ? found.list(range) : found.listAt(range, at);
    return { ...list, revision: Math.min(at, this.#revision) };
  }

  /** @throws {StoreConflictError} when the key is taken. */
  create(collection: string, key: string, object: ApiObject): ApiObject {
    const found = this.#collection(collection);
    if (found.get(key) !== undefined) throw new StoreConflictError(`"${key}" exists already`);
    return this.#commit(found, { type: 'ADDED', key, object });
  }

  /** @throws {StoreConflictError} unless the stored object has resourceVersion `expected`. */
  update(collection: string, key: string, object: ApiObject, expected: string): ApiObject {
    const found = this.#collection(collection);
    requireVersion(found.get(key), key, expected);
    return this.#commit(found, { type: 'MODIFIED', key, object });
  }

  /**
   * Removes the object; the event carries `object` under the resourceVersion of the removal.
   * @throws {StoreConflictError} unless the stored object has resourceVersion `expected`.
   */
  delete(collection: string, key: string, object: ApiObject, expected: string): ApiObject {
    const found = this.#collection(collection);
    requireVersion(found.get(key), key, expected);
    return this.#commit(found, { type: 'DELETED', key, object });
  }

  /**
   * Calls `handler` for every event after revision `from`: those of the history before this returns, later ones in order
   * of the writes. A write made by a handler is delivered after the event that the handlers are at.
   * @throws {HistoryExpiredError} when the history does not reach back to `from`.
   */
  watch(collection: string, from: number, handler: (event: StoreEvent) => void, onDrop?: () => void): StoreWatch {
    const found = this.#collection(collection);
    const waiting = this.#undelivered.filter((one) => one.collection === found).map((one) => one.event);
    for (const event of found.eventsAfter(from)) if (!waiting.includes(event)) handler(event);
    const guarded = (event: StoreEvent): void => {
      if (event.revision > from) handler(event);
    };
    found.handlers.add(guarded);
    if (onDrop !== undefined) found.dropHandlers.add(onDrop);
    return {
      stop: () => {
        found.handlers.delete(guarded);
        if (onDrop !== undefined) found.dropHandlers.delete(onDrop);
      },
    };
  }

  /** Begins a collection: what was before is no history of it. Nothing happens when it exists. */
  open(collection: string): void {
    if (!this.#collections.has(collection)) {
      this.#collections.set(collection, new Collection(this.#historySize, this.#revision));
    }
  }

  /** Puts other objects in the place of those that are stored, without events: for readers they have always been so. */
  rewrite(collection: string, change: (object: ApiObject) => ApiObject): void {
    this.#collection(collection).rewrite(change);
  }

  /** Forgets a collection; its watches are told by their `onDrop`. */
  drop(collection: string): void {
    const found = this.#collections.get(collection);
    this.#collections.delete(collection);
    for (const onDrop of found?.dropHandlers ?? []) onDrop();
  }

  snapshot(): StoreSnapshot {
    const entries = [...this.#collections].map(([name, collection]) => [name, collection.list({}).items] as const);
    return { revision: this.#revision, collections: Object.fromEntries(entries) };
  }

  /** Replaces everything by what `snapshot` gave; the history begins anew. Only before the first watch. */
  restore(snapshot: StoreSnapshot, keyOf: (object: ApiObject) => string): void {
    this.#collections.clear();
    this.#revision = snapshot.revision;
    this.#floor = snapshot.revision;
    for (const [name, objects] of Object.entries(snapshot.collections)) {
      const collection = this.#collection(name);
      for (const object of objects) collection.load(keyOf(object), object);
    }
  }

  #collection(name: string): Collection {
    let found = this.#collections.get(name);
    if (found === undefined) {
      found = new Collection(this.#historySize, this.#floor);
      this.#collections.set(name, found);
    }
    return found;
  }

  #commit(collection: Collection, change: { type: StoreEvent['type']; key: string; object: ApiObject }): ApiObject {
    this.#revision += 1;
    const metadata = { ...change.object.metadata, resourceVersion: String(this.#revision) };
    const object = { ...change.object, metadata };
    const event = collection.apply({ ...change, object, revision: this.#revision });
    this.#undelivered.push({ collection, event });
    this.#deliver();
    return object;
  }

  #deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (let next = this.#undelivered.shift(); next !== undefined; next = this.#undelivered.shift()) {
        for (const handler of [...next.collection.handlers]) handler(next.event);
      }
    } finally {
      this.#delivering = false;
    }
  }
}

function requireVersion(current: ApiObject | undefined, key: string, expected: string): void {
  if (current?.metadata.resourceVersion === expected) return;
  throw new StoreConflictError(`"${key}" is at ${current?.metadata.resourceVersion ?? 'nothing'}, not at ${expected}`);
}
