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

/** Keys that begin with `prefix` and come after `after`, at most `limit` of them. */
export interface ListRange {
  readonly prefix?: string;
  readonly after?: string;
  readonly limit?: number;
}

export interface RangeList {
  /** In order of keys. */
  readonly items: readonly ApiObject[];
  /** Objects of the range that the limit left out. */
  readonly remaining: number;
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

  /** What `range` names, now. */
  list(range: ListRange): RangeList {
    const { start, end } = this.#bounds(range);
    const last = Math.min(end, start + (range.limit ?? Number.POSITIVE_INFINITY));
    const items = this.#keys.slice(start, last).map((key) => this.#objects.get(key) as ApiObject);
    return { items, remaining: end - last };
  }

  /** The same as it was at `revision`: later events are undone. */
  listAt(range: ListRange, revision: number): RangeList {
    const { prefix = '', after = '' } = range;
    const later = this.eventsAfter(revision).filter(({ key }) => key.startsWith(prefix) && key > after);
    if (later.length === 0) return this.list(range);
    const { start, end } = this.#bounds(range);
    const objects = new Map(this.#keys.slice(start, end).map((key) => [key, this.#objects.get(key)]));
    for (const { key, previous } of later.reverse()) {
      if (previous === undefined) objects.delete(key);
      else objects.set(key, previous);
    }
    const sorted = [...objects].sort(([left], [right]) => (left < right ? -1 : 1));
    const items = sorted.slice(0, range.limit).map(([, object]) => object as ApiObject);
    return { items, remaining: sorted.length - items.length };
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

  rewrite(change: (object: ApiObject) => ApiObject): void {
    for (const [key, object] of this.#objects) this.#objects.set(key, change(object));
  }

  #remove(key: string): void {
    this.#objects.delete(key);
    this.#keys.splice(
      lowerBound(this.#keys, (other) => other >= key),
      1,
    );
  }

  /** Indexes of the first key of a range and of the first one behind it. */
  #bounds({ prefix = '', after = '' }: ListRange): { start: number; end: number } {
    const start = lowerBound(this.#keys, (key) => key >= prefix && key > after);
    const end =
      prefix === '' ? this.#keys.length : lowerBound(this.#keys, (key) => key > prefix && !key.startsWith(prefix));
    return { start, end };
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
