import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Notification } from './handlers.ts';
import type { Store } from './store.ts';

/** Where a reflector puts what it sees. */
export interface ReflectorSink<T extends KubernetesObject> {
  /** The complete state, after a list. */
  replace(objects: readonly T[]): void;
  upsert(object: T): void;
  remove(object: KubernetesObject, lastState: T | undefined): void;
}

/**
 * The part of a store that one reflector fills: everything, or one namespace. Turns states into notifications; the
 * store is up to date before any of them is delivered.
 */
export class Partition<T extends KubernetesObject> implements ReflectorSink<T> {
  readonly #store: Store<T>;
  readonly #deliver: (notifications: readonly Notification<T>[]) => void;
  readonly #namespace: string;
  #keys = new Set<string>();
  #synced = false;

  /** @param namespace "" for everything. */
  constructor(store: Store<T>, deliver: (notifications: readonly Notification<T>[]) => void, namespace = '') {
    this.#store = store;
    this.#deliver = deliver;
    this.#namespace = namespace;
  }

  /** True once the first list is complete and delivered. */
  get synced(): boolean {
    return this.#synced;
  }

  /** resourceVersions by key, as they are now. */
  describeVersions(): Map<string, string> {
    const versions = [...this.#keys].map(
      (key) => [key, this.#store.getByKey(key)?.metadata.resourceVersion ?? ''] as const,
    );
    return new Map(versions);
  }

  replace(objects: readonly T[]): void {
    const keys = new Set(objects.map(keyOf));
    const notifications: Notification<T>[] = [];
    for (const object of objects) notifications.push(...this.#put(object));
    for (const key of this.#keys) {
      const gone = keys.has(key) ? undefined : this.#store.getByKey(key);
      if (gone === undefined) continue;
      this.#store.delete(key);
      notifications.push({ kind: 'delete', object: gone, tombstone: true });
    }
    this.#keys = keys;
    this.#deliver(notifications);
    this.#synced = true;
    this.#deliver([this.describeSync()]);
  }

  /** What to tell a handler after each complete list. */
  describeSync(): Notification<T> {
    return { kind: 'synced', namespace: this.#namespace };
  }

  upsert(object: T): void {
    this.#keys.add(keyOf(object));
    this.#deliver(this.#put(object));
  }

  remove(object: KubernetesObject, lastState: T | undefined): void {
    const key = keyOf(object);
    const known = this.#keys.delete(key) ? this.#store.getByKey(key) : undefined;
    if (known === undefined) return;
    this.#store.delete(key);
    this.#deliver([{ kind: 'delete', object: lastState ?? known, tombstone: false }]);
  }

  /** Takes an object out that nobody asks for any more; nobody is told. */
  drop(key: string): void {
    if (this.#keys.delete(key)) this.#store.delete(key);
  }

  /** Stores a state; what there is to tell about it: nothing when it is the state already known. */
  #put(object: T): Notification<T>[] {
    const previous = this.#store.getByKey(keyOf(object));
    const { resourceVersion, uid } = object.metadata;
    if (previous !== undefined && resourceVersion === previous.metadata.resourceVersion) return [];
    this.#store.set(object);
    const added = { kind: 'add', object, isInitialList: !this.#synced } as const;
    if (previous === undefined) return [added];
    if (uid === previous.metadata.uid) return [{ kind: 'update', previous, object }];
    // Deleted and made anew under the same name while nobody looked: two objects, and both matter.
    return [{ kind: 'delete', object: previous, tombstone: true }, added];
  }
}
