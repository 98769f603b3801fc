import type { ApiObject } from '../api.ts';
import { HistoryExpiredError } from './errors.ts';

/** One committed change. */
export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly key: string;
  readonly object: ApiObject;
  readonly previous: ApiObject | undefined;
  readonly revision: number;
}

/** The objects of one resource, sorted by key, with their latest events. */
export class Collection {
  readonly handlers = new Set<(event: StoreEvent) => void>();
  readonly dropHandlers = new Set<() => void>();
  readonly #objects = new Map<string, ApiObject>();
  readonly #keys: string[] = [];
  #history: StoreEvent[] = [];
  /** The history holds every event after this revision. */
  #complete: number;
  readonly #historySize: number;

  constructor(historySize: number, revision: number) {
    this.#historySize = historySize;
    this.#complete = revision;
  }

  get size(): number {
    return this.#keys.length;
  }

  get(key: string): ApiObject | undefined {
    return this.#objects.get(key);
  }

  list(prefix: string): ApiObject[] {
    const keys = prefix === '' ? this.#keys : this.#range(prefix);
    return keys.map((key) => this.#objects.get(key)).filter((object) => object !== undefined);
  }

  /** The objects as they were at `revision`: later events are undone. */
  listAt(prefix: string, revision: number): ApiObject[] {
    const objects = new Map(this.#range(prefix).map((key) => [key, this.#objects.get(key)]));
    const later = this.eventsAfter(revision).filter(({ key }) => key.startsWith(prefix));
    for (const { key, previous } of later.reverse()) {
      if (previous === undefined) objects.delete(key);
      else objects.set(key, previous);
    }
    const sorted = [...objects].sort(([left], [right]) => (left < right ? -1 : 1));
    return sorted.map(([, object]) => object).filter((object) => object !== undefined);
  }

  /** @throws {HistoryExpiredError} when some of them are forgotten. */
  eventsAfter(revision: number): StoreEvent[] {
    if (revision < this.#complete) throw new HistoryExpiredError(revision, this.#complete);
    return this.#history.slice(lowerBound(this.#history, (event) => event.revision > revision));
  }

  /** Applies a change that has been checked, and remembers it. */
  apply(change: Omit<StoreEvent, 'previous'>): StoreEvent {
    const event = { ...change, previous: this.#objects.get(change.key) };
    if (change.type === 'DELETED') this.#remove(change.key);
    else this.load(change.key, change.object);
    this.#history.push(event);
    if (this.#history.length > this.#historySize * 1.25) this.#forget();
    return event;
  }

  /** Puts an object in without an event. */
  load(key: string, object: ApiObject): void {
    if (!this.#objects.has(key)) {
      this.#keys.splice(
        lowerBound(this.#keys, (other) => other >= key),
        0,
        key,
      );
    }
    this.#objects.set(key, object);
  }

  #remove(key: string): void {
    this.#objects.delete(key);
    this.#keys.splice(
      lowerBound(this.#keys, (other) => other >= key),
      1,
    );
  }

  #range(prefix: string): string[] {
    const start = lowerBound(this.#keys, (key) => key >= prefix);
    const length = this.#keys.slice(start).findIndex((key) => !key.startsWith(prefix));
    return length < 0 ? this.#keys.slice(start) : this.#keys.slice(start, start + length);
  }

  /** Forgets in bulk, so that one write costs no shift of the whole list. */
  #forget(): void {
    const forgotten = this.#history.length - this.#historySize;
    this.#complete = this.#history[forgotten - 1]?.revision ?? this.#complete;
    this.#history = this.#history.slice(forgotten);
  }
}

/** Index of the first element for which `holds` is true (it is false before and true from there on). */
function lowerBound<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle] as T;
    if (holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
