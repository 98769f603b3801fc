/** A local copy of the objects of one type, kept up to date, that tells its handlers what changed. */
import { setMaxListeners } from 'node:events';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import { HandlerList } from './handlers.ts';
import type { EventHandler } from './handlers.ts';
import type { Indexer } from './indexer.ts';
import type { Lister } from './lister.ts';
import { Partition } from './partition.ts';
import { pause } from './pause.ts';
import type { Refusal } from './recovery.ts';
import { Reflector } from './reflector.ts';
import type { ReflectorMetrics } from './reflector.ts';
import { splitScope } from './scope.ts';
import type { NamespaceScope, Selection } from './scope.ts';
import { Store } from './store.ts';
import { createIngest } from './transform.ts';
import type { IngestOptions } from './transform.ts';
import { verifyRegularly } from './verifier.ts';

export interface InformerOptions<T extends KubernetesObject> extends IngestOptions<T> {
  readonly client: KubernetesClient;
  readonly type: ResourceType;
  readonly scope?: NamespaceScope | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly metadataOnly?: boolean | undefined;
  readonly indexers?: Readonly<Record<string, Indexer<T>>> | undefined;
  /** Calls `update(object, object)` for every object this often, in milliseconds; absent or 0: never. */
  readonly resyncMs?: number | undefined;
  /** Compares the cache with a metadata list this often, in milliseconds, and relists when an event was lost. */
  readonly verifyMs?: number | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics?: ReflectorMetrics | undefined;
}

export interface HandlerRegistration {
  /** True once the handler was told of every object of the first list. */
  hasSynced(): boolean;
  remove(): void;
}

export interface InformerHealth {
  readonly synced: boolean;
  /** Synced, or refused (403, 404), in every namespace of the scope: nothing more will come without a change outside. */
  readonly settled: boolean;
  /** Milliseconds since 1970 of the last event or list; absent before the first. */
  readonly lastEventAt: number | undefined;
  /** As `lastEventAt`, but of the namespace that was silent longest: one dead watch is not hidden by a busy one. */
  readonly quietSince: number | undefined;
  /** Milliseconds since 1970 of the first failure of the current row; absent while all is well. */
  readonly failingSince: number | undefined;
  readonly lastError: string | undefined;
  readonly refusals: readonly Refusal[];
}

export interface Informer<T extends KubernetesObject> {
  readonly type: ResourceType;
  readonly store: Lister<T>;
  /** Objects already known are handed to `add` before this returns. */
  addHandler(handler: EventHandler<T>): HandlerRegistration;
  /** True once every namespace of the scope was listed. */
  hasSynced(): boolean;
  /** Whether objects of the namespace are in the scope; labels may keep some of them out all the same. */
  covers(namespace: string): boolean;
  health(): InformerHealth;
  /** Runs until the signal is aborted, whatever the server does. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Makes an informer; nothing happens before `run`. What its handlers and readers may rely on:
 * - Changes of one object arrive in the order in which they happened; several may be folded into one.
 * - The store is up to date before handlers are told of a change.
 * - A delete that was missed is told when it is found, as a tombstone; an object made anew under the same name is a
 *   delete and an add.
 * - It may lag behind the API server, by milliseconds in good times and by as long as the server is away in bad ones.
 *
 * @example
 * const pods = createInformer<Pod>({ client, type: podType, clock, random: Math.random, logger: silentLogger });
 * pods.addHandler({ update: (previous, current) => queue.add(keyOf(current)) });
 * void pods.run(signal);
 */
export function createInformer<T extends KubernetesObject>(options: InformerOptions<T>): Informer<T> {
  return new SharedInformer(options);
}

interface Part<T extends KubernetesObject> {
  readonly selection: Selection;
  readonly partition: Partition<T>;
  readonly reflector: Reflector<T>;
  readonly logger: Logger;
}

class SharedInformer<T extends KubernetesObject> implements Informer<T> {
  readonly type: ResourceType;
  readonly #options: InformerOptions<T>;
  readonly #store: Store<T>;
  readonly #handlers: HandlerList<T>;
  readonly #parts: readonly Part<T>[];

  constructor(options: InformerOptions<T>) {
    const { type, indexers = {}, metadataOnly = false } = options;
    const logger = options.logger.child({ resource: type.group === '' ? type.plural : `${type.plural}.${type.group}` });
    const ingest = createIngest(options, logger);
    this.type = type;
    this.#options = options;
    this.#store = new Store(guardIndexers(indexers, logger));
    this.#handlers = new HandlerList(logger);
    this.#parts = splitScope(options).map((selection) => {
      const deliver = this.#handlers.deliver.bind(this.#handlers);
      const partition = new Partition(this.#store, deliver, selection.namespace);
      const own = logger.child({ namespace: selection.namespace === '' ? 'all' : selection.namespace });
      const common = { ...options, selection, metadataOnly, ingest, sink: partition, logger: own };
      return { selection, partition, logger: own, reflector: new Reflector<T>(common) };
    });
  }

  get store(): Lister<T> {
    return this.#store;
  }

  addHandler(handler: EventHandler<T>): HandlerRegistration {
    this.#handlers.add(handler);
    for (const object of this.#store.list())
      this.#handlers.deliverTo(handler, { kind: 'add', object, isInitialList: true });
    for (const { partition } of this.#parts)
      if (partition.synced) this.#handlers.deliverTo(handler, partition.describeSync());
    return { hasSynced: () => this.hasSynced(), remove: () => this.#handlers.remove(handler) };
  }

  hasSynced(): boolean {
    return this.#parts.every(({ partition }) => partition.synced);
  }

  covers(namespace: string): boolean {
    return this.#parts.some(({ selection }) => selection.includes({ metadata: { namespace } }));
  }

  health(): InformerHealth {
    const recoveries = this.#parts.map(({ reflector }) => reflector.recovery);
    const refusals = recoveries.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
    const events = this.#parts.flatMap(({ reflector }) => reflector.lastEventAt ?? []);
    const failures = recoveries.flatMap(({ failingSince }) => failingSince ?? []);
    return {
      synced: this.hasSynced(),
      settled: this.#parts.every(
        ({ partition, reflector }) => partition.synced || reflector.recovery.refusal !== undefined,
      ),
      lastEventAt: events.length === 0 ? undefined : Math.max(...events),
      quietSince: events.length === 0 ? undefined : Math.min(...events),
      failingSince: failures.length === 0 ? undefined : Math.min(...failures),
      lastError: recoveries.find(({ lastError }) => lastError !== undefined)?.lastError,
      refusals,
    };
  }

  async run(signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    // One signal ends many reflectors and many informers: that is no leak of listeners.
    setMaxListeners(0, signal, end.signal);
    const follow = (): void => end.abort(signal.reason);
    if (signal.aborted) follow();
    else signal.addEventListener('abort', follow, { once: true });
    try {
      // One that rejects met a programming error: the others must not go on as if nothing had happened.
      await Promise.all([
        ...this.#parts.map(({ reflector }) => reflector.run(end.signal)),
        ...this.#parts.map((part) => this.#verify(part, end.signal)),
        this.#resync(end.signal),
      ]);
    } finally {
      signal.removeEventListener('abort', follow);
      end.abort();
    }
  }

  async #verify(part: Part<T>, signal: AbortSignal): Promise<void> {
    const { verifyMs: intervalMs = 0, client, type, clock } = this.#options;
    if (intervalMs > 0) await verifyRegularly({ ...part, client, type, intervalMs, clock }, signal);
  }

  async #resync(signal: AbortSignal): Promise<void> {
    const { resyncMs = 0, clock } = this.#options;
    while (resyncMs > 0 && (await pause(clock, resyncMs, signal))) {
      this.#handlers.deliver(this.#store.list().map((object) => ({ kind: 'update', previous: object, object })));
    }
  }
}

/** An indexer that throws is logged and finds nothing; the object is cached all the same. */
function guardIndexers<T extends KubernetesObject>(
  indexers: Readonly<Record<string, Indexer<T>>>,
  logger: Logger,
): Record<string, Indexer<T>> {
  const guard =
    (name: string, indexer: Indexer<T>): Indexer<T> =>
    (object) => {
      try {
        return indexer(object);
      } catch (error) {
        const { namespace, name: objectName } = object.metadata;
        logger.error('An indexer failed', { index: name, namespace, name: objectName, error: describeError(error) });
        return [];
      }
    };
  return Object.fromEntries(Object.entries(indexers).map(([name, indexer]) => [name, guard(name, indexer)]));
}
