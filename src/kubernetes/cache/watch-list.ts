/** WatchList: the state as the first events of a watch (sendInitialEvents), instead of a list and then a watch. */
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { WatchEvent } from '../client/client.ts';
import { ApiError } from '../client/errors.ts';

const endAnnotation = 'k8s.io/initial-events-end';

/** The server took the watch but does not send the state as it was asked to: an old one, or one with the feature off. */
export class WatchListUnsupportedError extends Error {
  override readonly name = 'WatchListUnsupportedError';
  /** False when it may also have been a hang. */
  readonly isCertain: boolean;

  constructor(message: string, isCertain: boolean) {
    super(message);
    this.isCertain = isCertain;
  }
}

/** Gathers the state until its end is marked. */
export class InitialEvents<T extends KubernetesObject> {
  readonly #objects = new Map<string, T>();
  readonly #ingest: (object: T) => T | undefined;

  constructor(ingest: (object: T) => T | undefined) {
    this.#ingest = ingest;
  }

  get objects(): readonly T[] {
    return [...this.#objects.values()];
  }

  /**
   * True when this event ends the state. Changes may be mixed in before the end.
   * @throws {WatchListUnsupportedError} for a bookmark that is not the end.
   */
  accept({ type, object }: WatchEvent<T>): boolean {
    if (type === 'BOOKMARK') {
      if (object.metadata.annotations?.[endAnnotation] === 'true') return true;
      throw new WatchListUnsupportedError('The API server does not mark the end of the initial events', true);
    }
    const key = keyOf(object);
    const kept = type === 'DELETED' ? undefined : this.#ingest(object);
    if (kept === undefined) this.#objects.delete(key);
    else this.#objects.set(key, kept);
    return false;
  }
}

/** The server refuses WatchList as such; a list may still be allowed. 410, 429 and 401 say nothing about WatchList. */
export function isWatchListRefusal(error: unknown): boolean {
  return error instanceof ApiError && [400, 403, 404, 405, 406, 415, 422, 501].includes(error.status);
}

/** … and will refuse it for good: not for want of a permission or of a CRD. */
export function isLastingRefusal(error: unknown): boolean {
  if (error instanceof WatchListUnsupportedError) return error.isCertain;
  return isWatchListRefusal(error) && ![403, 404].includes((error as ApiError).status);
}
