/** A local copy of the objects of one type, kept up to date, that tells its handlers what changed. */
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import type { Indexer } from './indexer.ts';
import type { Lister } from './lister.ts';
import type { ReflectorMetrics } from './reflector.ts';
import type { NamespaceScope } from './scope.ts';
import type { Transform } from './transform.ts';

export interface InformerOptions<T extends KubernetesObject> {
  readonly client: KubernetesClient;
  readonly type: ResourceType;
  readonly scope?: NamespaceScope | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly metadataOnly?: boolean | undefined;
  readonly transform?: Transform<T> | undefined;
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

export interface EventHandler<T extends KubernetesObject> {
  /** `isInitialList`: the object was there before the handler was added or the first list was complete. */
  add?(object: T, isInitialList: boolean): void;
  update?(previous: T, current: T): void;
  /** `tombstone`: the delete itself was missed; `lastKnown` may be older than the object's last state. */
  delete?(lastKnown: T, tombstone: boolean): void;
}

export interface HandlerRegistration {
  /** True once the handler was told of every object of the first list. */
  hasSynced(): boolean;
  remove(): void;
}

/** A verb that the server refuses (403) or a resource it does not know (404). */
export interface Refusal {
  readonly verb: 'list' | 'watch';
  readonly status: number;
  /** "" for all namespaces. */
  readonly namespace: string;
  readonly message: string;
}

export interface InformerHealth {
  readonly synced: boolean;
  /** Synced, or refused (403, 404), in every namespace of the scope: nothing more will come without a change outside. */
  readonly settled: boolean;
  /** Milliseconds since 1970 of the last event or list; absent before the first. */
  readonly lastEventAt: number | undefined;
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
  health(): InformerHealth;
  /** Runs until the signal is aborted, whatever the server does. */
  run(signal: AbortSignal): Promise<void>;
}
