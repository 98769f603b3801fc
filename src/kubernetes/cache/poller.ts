/** A local copy of the metadata of some objects, each read by its name now and then: nothing is listed, nothing is watched. */
import type { NamespacedName, ObjectMetadata, ResourceType } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import { ApiError, isForbidden, isAbsent, isTransport } from '../client/errors.ts';
import { FailureLog } from './failure-log.ts';
import { HandlerList } from './handlers.ts';
import type { EventHandler } from './handlers.ts';
import type { HandlerRegistration, Informer, InformerHealth } from './informer.ts';
import type { Lister } from './lister.ts';
import { Partition } from './partition.ts';
import { pause } from './pause.ts';
import type { Refusal } from './recovery.ts';
import { Store } from './store.ts';
import { createIngest } from './transform.ts';
import type { Transform } from './transform.ts';
import { parallelLooks } from '../limits.ts';

export interface PollerOptions {
  readonly client: Pick<KubernetesClient, 'get'>;
  readonly type: ResourceType;
  /** Time between two looks at the same object, in milliseconds. */
  readonly intervalMs: number;
  /** Objects that are always followed; the first look at them is the first list. */
  readonly always?: readonly NamespacedName[] | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** An informer for where RBAC grants `get` alone. It holds what is followed and nothing else. */
export interface Poller extends Informer<ObjectMetadata> {
  /**
   * From now on `user` needs exactly these objects; what nobody needs is dropped without a word. An object that is there
   * at the first look is an add.
   */
  follow(user: string, names: readonly NamespacedName[]): void;
  /** Reads the metadata of one object at once; undefined when there is none. @throws {ApiError | TransportError} */
  look(name: NamespacedName): Promise<ObjectMetadata | undefined>;
}

export function createPoller(options: PollerOptions): Poller {
  return new MetadataPoller(options);
}

/** Whether the cache holds only what it is told to follow. */
export function isPoller(informer: Informer<ObjectMetadata>): informer is Poller {
  return 'follow' in informer;
}

interface Followed {
  readonly name: NamespacedName;
  readonly users: Set<string>;
}

const writeKey = ({ namespace, name }: NamespacedName): string => (namespace === '' ? name : `${namespace}/${name}`);

class MetadataPoller implements Poller {
  readonly type: ResourceType;
  readonly #options: PollerOptions;
  readonly #store = new Store<ObjectMetadata>();
  readonly #handlers: HandlerList<ObjectMetadata>;
  readonly #partition: Partition<ObjectMetadata>;
  readonly #ingest: Transform<ObjectMetadata>;
  readonly #failures: FailureLog;
  /** Keys by user, and users by key. */
  readonly #followed = new Map<string, readonly string[]>();
  readonly #users = new Map<string, Followed>();
  #refusal: Refusal | undefined;
  #lastEventAt: number | undefined;

  constructor(options: PollerOptions) {
    const { type, clock, always = [] } = options;
    const logger = options.logger.child({ resource: type.group === '' ? type.plural : `${type.plural}.${type.group}` });
    this.type = type;
    this.#options = options;
    this.#handlers = new HandlerList(logger);
    this.#partition = new Partition(this.#store, (notifications) => this.#handlers.deliver(notifications));
    this.#ingest = createIngest<ObjectMetadata>({}, logger);
    this.#failures = new FailureLog(logger, clock);
    this.follow('', always);
  }

  get store(): Lister<ObjectMetadata> {
    return this.#store;
  }

  addHandler(handler: EventHandler<ObjectMetadata>): HandlerRegistration {
    this.#handlers.add(handler);
    for (const object of this.#store.list())
      this.#handlers.deliverTo(handler, { kind: 'add', object, isInitialList: true });
    if (this.hasSynced()) this.#handlers.deliverTo(handler, this.#partition.describeSync());
    return { hasSynced: () => this.hasSynced(), remove: () => this.#handlers.remove(handler) };
  }

  covers(): boolean {
    return true;
  }

  hasSynced(): boolean {
    return this.#partition.synced;
  }

  health(): InformerHealth {
    const refusals = this.#refusal === undefined ? [] : [this.#refusal];
    return {
      synced: this.hasSynced(),
      settled: this.hasSynced() || refusals.length > 0,
      lastEventAt: this.#lastEventAt,
      // Every request has its time limit, so it cannot fall silent; the interval may be long.
      quietSince: undefined,
      failingSince: this.#failures.since,
      lastError: this.#failures.lastError,
      refusals,
    };
  }

  follow(user: string, names: readonly NamespacedName[]): void {
    const before = this.#followed.get(user) ?? [];
    const wanted = new Map(names.map((name) => [writeKey(name), name]));
    for (const [key, name] of wanted) {
      const followed = this.#users.get(key) ?? { name, users: new Set() };
      followed.users.add(user);
      this.#users.set(key, followed);
    }
    if (wanted.size === 0) this.#followed.delete(user);
    else this.#followed.set(user, [...wanted.keys()]);
    for (const key of before) if (!wanted.has(key)) this.#unfollow(user, key);
  }

  #unfollow(user: string, key: string): void {
    const { users } = this.#users.get(key) ?? {};
    users?.delete(user);
    if (users?.size !== 0) return;
    this.#users.delete(key);
    this.#partition.drop(key);
  }

  async look({ namespace, name }: NamespacedName): Promise<ObjectMetadata | undefined> {
    try {
      return await this.#options.client.get<ObjectMetadata>(this.type, { namespace, name }, { metadataOnly: true });
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, intervalMs, random } = this.#options;
    do {
      const error = await this.#lookAtAll(signal);
      if (signal.aborted) return;
      if (error === undefined) this.#succeed();
      else this.#fail(error, intervalMs);
      // Spread, so that not all operators of a cluster ask at the same moment.
    } while (await pause(clock, intervalMs * (1 + random() / 10), signal));
  }

  /** The first failure of the round, if there is one; the other objects are looked at all the same. */
  async #lookAtAll(signal: AbortSignal): Promise<Error | undefined> {
    const waiting = [...this.#users].map(([key, { name }]) => ({ key, name }));
    const found: ObjectMetadata[] = [];
    let looks = 0;
    let failure: Error | undefined;
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined && !signal.aborted; next = waiting.pop()) {
        try {
          const object = await this.look(next.name);
          if (object !== undefined) found.push(object);
          looks += 1;
          if (this.hasSynced()) this.#take(next.key, next.name, object);
        } catch (error) {
          if (!(error instanceof ApiError) && !isTransport(error)) throw error;
          failure ??= error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallelLooks, waiting.length) }, work));
    if (signal.aborted) return failure;
    if (this.hasSynced()) this.#tellRound(looks);
    else if (failure === undefined) this.#partition.replace(found.flatMap((object) => this.#ingest(object) ?? []));
    return failure;
  }

  /** Whoever read an object between two looks may have seen a state that neither shows, also where there is none now. */
  #tellRound(looks: number): void {
    if (looks > 0) this.#handlers.deliver([this.#partition.describeSync()]);
  }

  /** Nobody may need it any more by now. */
  #take(key: string, { namespace, name }: NamespacedName, object: ObjectMetadata | undefined): void {
    if (!this.#users.has(key)) return;
    const state = object === undefined ? undefined : this.#ingest(object);
    if (state === undefined) this.#partition.remove({ metadata: { namespace, name } }, undefined);
    else this.#partition.upsert(state);
  }

  #succeed(): void {
    this.#failures.succeed('get');
    this.#refusal = undefined;
    this.#lastEventAt = this.#options.clock.now();
  }

  #fail(error: Error, waitMs: number): void {
    this.#failures.fail({ error, verb: 'get', waitMs });
    const { status = 0, message } = error instanceof ApiError ? error : { message: error.message };
    this.#refusal = isForbidden(error) ? { verb: 'get', status, namespace: '', message } : undefined;
  }
}
