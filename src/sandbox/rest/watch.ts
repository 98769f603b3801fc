import type { Timer } from '../../base/clock.ts';
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { HistoryExpiredError } from '../store/errors.ts';
import type { StoreEvent } from '../store/collection.ts';
import type { StatusError } from '../status-error.ts';
import { expired } from '../status-error.ts';
import type { Backend, Target } from './backend.ts';
import type { ListQuery } from './list-options.ts';
import { parseRevision } from './resource-versions.ts';
import { parseFilter } from './selectors.ts';
import type { ObjectFilter } from './selectors.ts';
import { bookmarkMs, shortestWatchSeconds } from '../limits.ts';

/** What a watch tells; objects are as stored. */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: ApiObject; readonly revision: number }
  | { readonly type: 'BOOKMARK'; readonly revision: number; readonly initialEventsEnd: boolean }
  | { readonly type: 'ERROR'; readonly error: StatusError };

export interface Watch {
  /** Begins to tell; returns what ends it. `onEnd` is called when the time is over, not when it is stopped. */
  start(onEvent: (event: WatchEvent) => void, onEnd: () => void): () => void;
}

/** Checks the query at once; nothing is read before `start`. */
export function openWatch(backend: Backend, target: Target, query: ListQuery): Watch {
  const filter = parseFilter(target.resource, query);
  const revision = parseRevision(query.resourceVersion);
  return {
    start: (onEvent, onEnd) => startWatch(backend, { target, query, filter, revision }, { onEvent, onEnd }),
  };
}

interface Plan {
  readonly target: Target;
  readonly query: ListQuery;
  readonly filter: ObjectFilter | undefined;
  readonly revision: number | undefined;
}

interface Listener {
  readonly onEvent: (event: WatchEvent) => void;
  readonly onEnd: () => void;
}

function startWatch(backend: Backend, plan: Plan, listener: Listener): () => void {
  const { store, clock, random } = backend;
  const { target, query } = plan;
  const { collection } = target.resource;
  const prefix = target.namespace === '' ? '' : `${target.namespace}/`;
  const initial = wantsInitialEvents(plan);
  const from = initial ? store.revision : (plan.revision ?? store.revision);
  const timers = new Set<Timer>();
  if (initial) tellPresent(backend, plan, listener.onEvent);
  if (query.sendInitialEvents === true && query.allowWatchBookmarks) {
    listener.onEvent({ type: 'BOOKMARK', revision: store.revision, initialEventsEnd: true });
  }
  let stop = (): void => undefined;
  try {
    const tell = (event: StoreEvent): void => {
      if (!event.key.startsWith(prefix)) return;
      const told = narrow(event, plan.filter);
      if (told !== undefined) listener.onEvent(told);
    };
    const watch = store.watch(collection, from, tell, listener.onEnd);
    stop = () => watch.stop();
  } catch (error) {
    if (!(error instanceof HistoryExpiredError)) throw error;
    listener.onEvent({ type: 'ERROR', error: expired(error.message) });
    timers.add(clock.schedule(0, listener.onEnd));
    return () => cancelAll(timers);
  }
  const seconds = query.timeoutSeconds ?? 0;
  const timeout = (seconds > 0 ? seconds : shortestWatchSeconds * (1 + random())) * 1000;
  timers.add(clock.schedule(timeout, listener.onEnd));
  if (query.allowWatchBookmarks) scheduleBookmarks(backend, { timers, timeout }, listener.onEvent);
  return () => {
    stop();
    cancelAll(timers);
  };
}

function cancelAll(timers: Set<Timer>): void {
  for (const timer of timers) timer.cancel();
  timers.clear();
}

/** Without a resourceVersion, or from "0", a watch begins with what is there. */
function wantsInitialEvents({ query, revision }: Plan): boolean {
  if (query.sendInitialEvents !== undefined) return query.sendInitialEvents;
  return revision === undefined || revision === 0;
}

function tellPresent({ store }: Backend, { target, filter }: Plan, onEvent: Listener['onEvent']): void {
  const prefix = target.namespace === '' ? '' : `${target.namespace}/`;
  for (const object of store.list(target.resource.collection, { prefix }).items) {
    if (filter?.(object) === false) continue;
    onEvent({ type: 'ADDED', object, revision: Number(object.metadata.resourceVersion) });
  }
}

/** One a minute, and one two seconds before the end. */
function scheduleBookmarks(
  { store, clock }: Backend,
  { timers, timeout }: { timers: Set<Timer>; timeout: number },
  onEvent: Listener['onEvent'],
): void {
  const tell = (): void => onEvent({ type: 'BOOKMARK', revision: store.revision, initialEventsEnd: false });
  const repeat = (): void => {
    const timer = clock.schedule(bookmarkMs, () => {
      timers.delete(timer);
      tell();
      repeat();
    });
    timers.add(timer);
  };
  repeat();
  if (timeout > 2000) timers.add(clock.schedule(timeout - 2000, tell));
}

/** What an event is for a watch with a selector: an object that enters is added, one that leaves is deleted. */
function narrow(
  { type, object, previous, revision }: StoreEvent,
  filter: ObjectFilter | undefined,
): WatchEvent | undefined {
  if (filter === undefined) return { type, object, revision };
  const before = previous !== undefined && filter(previous);
  const now = type !== 'DELETED' && filter(object);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object, revision };
  if (!before) return undefined;
  return { type: 'DELETED', object: asLast(previous, revision), revision };
}

/** The object as the watch last saw it, under the revision of the change. */
function asLast(object: ApiObject, revision: number): ApiObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
}

/** What a bookmark's object looks like. */
export function bookmarkObject(
  resource: Resource,
  event: { revision: number; initialEventsEnd: boolean },
  apiVersion: string,
): ApiObject {
  const annotations = event.initialEventsEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  return { kind: resource.kind, apiVersion, metadata: { resourceVersion: String(event.revision), ...annotations } };
}
