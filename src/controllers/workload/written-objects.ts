import type { KubernetesObject } from '../../api/meta.ts';
import { isOlderVersion, keyOf } from '../../api/meta.ts';

/**
 * Objects as our last writes left them, for as long as the cache shows an older state: what is decided before a write has
 * come back from the watch must be compared with what was written, else a change back is taken for nothing new.
 */
export class WrittenObjects<T extends KubernetesObject> {
  #before = new Map<string, T>();
  #now = new Map<string, T>();

  /** A new round: what no object of it is asked for is forgotten. */
  begin(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  /** The newer one of what the cache has and what was written. @param kind of the object, where keys alone may recur. */
  recall(kind: string, cached: T): T {
    if (this.#before.size === 0) return cached;
    const id = `${kind}/${keyOf(cached)}`;
    const written = this.#before.get(id);
    if (written === undefined || !isOlderVersion(cached.metadata.resourceVersion, written.metadata.resourceVersion))
      return cached;
    if (written.metadata.uid !== cached.metadata.uid) return cached;
    this.#now.set(id, written);
    return written;
  }

  remember(kind: string, written: T): void {
    this.#now.set(`${kind}/${keyOf(written)}`, written);
  }
}
