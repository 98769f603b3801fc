/** Folds repeats of an event into one object with a count, as client-go's events broadcaster. */
import type { KubernetesObject } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { formatMicroTime } from '../micro-time.ts';
import { eventSeries, seriesEndMs, seriesHeartbeatMs } from '../limits.ts';

/** An Event of events.k8s.io/v1. */
export interface EventObject extends KubernetesObject {
  eventTime: string;
  type: string;
  reason: string;
  action: string;
  note: string;
  regarding: ObjectReference;
  related?: ObjectReference;
  reportingController: string;
  reportingInstance: string;
  series?: EventSeries;
}

export interface EventSeries {
  count: number;
  lastObservedTime: string;
}

export interface ObjectReference {
  apiVersion?: string;
  kind?: string;
  namespace?: string;
  name?: string;
  uid?: string;
  resourceVersion?: string;
}

/** What to do with the API server. `patch` sends the series of an event that is there. */
export type EventWrite =
  { readonly kind: 'create'; readonly event: EventObject } | { readonly kind: 'patch'; readonly event: EventObject };

interface Entry {
  event: EventObject;
  lastAt: number;
  /** The count that the server knows; 1: no series yet. */
  sentCount: number;
  sentAt: number;
}

export class EventAggregator {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The write that this event needs now; undefined when it was only counted. */
  add(event: EventObject): EventWrite | undefined {
    const key = keyOfEvent(event);
    const now = this.#clock.now();
    const entry = this.#entries.get(key);
    if (entry === undefined || now - entry.lastAt >= seriesEndMs) {
      this.#remember(key, { event, lastAt: now, sentCount: 1, sentAt: now });
      return { kind: 'create', event };
    }
    const count = (entry.event.series?.count ?? 1) + 1;
    entry.event = { ...entry.event, series: { count, lastObservedTime: formatMicroTime(now) } };
    entry.lastAt = now;
    // The first repeat turns the event into a series; later ones wait for the heartbeat or the end.
    return entry.sentCount === 1 ? this.#send(entry) : undefined;
  }

  /** Counts not told yet of series that have ended or are due for a heartbeat; call it every minute or so. */
  collect(): EventWrite[] {
    const now = this.#clock.now();
    const writes: EventWrite[] = [];
    for (const [key, entry] of this.#entries) {
      const isOver = now - entry.lastAt >= seriesEndMs;
      const isUntold = (entry.event.series?.count ?? 1) > entry.sentCount;
      if (isUntold && (isOver || now - entry.sentAt >= seriesHeartbeatMs)) writes.push(this.#send(entry));
      if (isOver) this.#entries.delete(key);
    }
    return writes;
  }

  #send(entry: Entry): EventWrite {
    entry.sentCount = entry.event.series?.count ?? 1;
    entry.sentAt = this.#clock.now();
    return { kind: 'patch', event: entry.event };
  }

  /** The oldest entry goes when there are too many: its next event is a new object. */
  #remember(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > eventSeries && oldest !== undefined) this.#entries.delete(oldest);
  }
}

/**
 * Events are repeats of each other when all but the times agree. Other than client-go, the note counts and the objects'
 * resourceVersion does not: a new error is shown, a status write in between starts no new series.
 */
function keyOfEvent(event: EventObject): string {
  const { type, reason, action, note, reportingController, reportingInstance, regarding, related } = event;
  const identify = (object: ObjectReference | undefined): (string | undefined)[] =>
    object === undefined ? [] : [object.apiVersion, object.kind, object.namespace, object.name, object.uid];
  return JSON.stringify([
    [type, reason, action, note, reportingController, reportingInstance],
    identify(regarding),
    identify(related),
  ]);
}
