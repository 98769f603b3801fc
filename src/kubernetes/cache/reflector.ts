/** Keeps a sink equal to a part of the API server: list, then watch, for ever, whatever goes wrong. */
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient, ListOptions, WatchEvent } from '../client/client.ts';
import { Deadline } from '../client/deadline.ts';
import { ApiError, TransportError } from '../client/errors.ts';
import { isForbidden, isAbsent, isResourceVersionTooLarge, isTransport } from '../client/errors.ts';
import type { Verb } from './failure-log.ts';
import { listPages } from './list-pages.ts';
import type { ReflectorSink } from './partition.ts';
import { pause } from './pause.ts';
import { Recovery } from './recovery.ts';
import type { Selection } from './scope.ts';
import { InitialEvents, WatchListUnsupportedError, isLastingRefusal, isWatchListRefusal } from './watch-list.ts';
import { initialSilenceMs, quietWatchMs, shortWatchMs, shortestWatchMs, watchSilenceMs } from '../limits.ts';

/** What a reflector tells about itself. */
export interface ReflectorMetrics {
  /** A list, or the first part of a WatchList, has ended. */
  observeList?(type: ResourceType, failed: boolean): void;
  /** A watch was opened, or has failed. */
  observeWatch?(type: ResourceType, failed: boolean): void;
}

export interface ReflectorOptions<T extends KubernetesObject> {
  readonly client: KubernetesClient;
  readonly type: ResourceType;
  readonly selection: Selection;
  readonly metadataOnly: boolean;
  /** Trims, transforms and freezes; undefined leaves the object out. */
  readonly ingest: (object: T) => T | undefined;
  readonly sink: ReflectorSink<T>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics?: ReflectorMetrics | undefined;
}

export class Reflector<T extends KubernetesObject> {
  readonly #options: ReflectorOptions<T>;
  readonly #recovery: Recovery;
  /** Where the next watch goes on; undefined: list first. */
  #position: string | undefined;
  #useWatchList = true;
  /** Set for one round: the server refused to watch from nothing, and a list will show what else it refuses. */
  #skipWatchList = false;
  /** WatchLists in a row that failed before their end. */
  #badStarts = 0;
  /** Those that were opened and fell silent before their end. */
  #silentStarts = 0;
  #verb: Verb = 'list';
  #session: Deadline | undefined;
  #openedAt: number | undefined;
  #sawEvent = false;
  #settled: Timer | undefined;
  #lastEventAt: number | undefined;
  /** Keys of objects that exist but that the transform left out. */
  readonly #leftOut = new Set<string>();

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#recovery = new Recovery({ ...options, namespace: options.selection.namespace });
  }

  /** What fails, and since when. */
  get recovery(): Recovery {
    return this.#recovery;
  }

  /** Milliseconds since 1970 of the last event or list. */
  get lastEventAt(): number | undefined {
    return this.#lastEventAt;
  }

  /** True for an object that is not in the sink on purpose. */
  isLeftOut(key: string): boolean {
    return this.#leftOut.has(key);
  }

  /** Lists again, soon: for whoever found that the sink is not what the server has. */
  relist(reason: string): void {
    this.#position = undefined;
    this.#session?.abort(new ApiError({ status: 410, reason: 'Expired', message: reason }));
  }

  /** Resolves when the signal is aborted; rejects only for an error that is neither the server's nor the network's. */
  async run(signal: AbortSignal): Promise<void> {
    while (!isAborted(signal)) {
      try {
        await this.#cycle(signal);
      } catch (error) {
        if (isAborted(signal)) return;
        if (!(await pause(this.#options.clock, await this.#recover(error, signal), signal))) return;
      }
    }
  }

  /** One list, if there is no position, and one watch to its end. */
  async #cycle(signal: AbortSignal): Promise<void> {
    const session = new Deadline(this.#options.clock, signal);
    this.#session = session;
    this.#openedAt = undefined;
    this.#sawEvent = false;
    try {
      if (this.#position !== undefined) await this.#watch(session);
      else if (this.#useWatchList && !this.#skipWatchList) await this.#watchList(session);
      else await this.#list(session.signal);
    } finally {
      this.#settled?.cancel();
      session.release();
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { client, type } = this.#options;
    this.#verb = 'list';
    this.#skipWatchList = false;
    const list = await listPages<T>({ ...this.#select(), client, type, ingest: (one) => this.#admit(one), signal });
    this.#replace(list.objects, list.resourceVersion);
  }

  async #watch(session: Deadline): Promise<void> {
    this.#verb = 'watch';
    const events = this.#open(session, { resourceVersion: this.#position });
    for await (const event of events) this.#receive(event);
    this.#checkEnd();
  }

  async #watchList(session: Deadline): Promise<void> {
    this.#verb = 'watch';
    const touch = session.armSilence(initialSilenceMs, () => this.#describeSilence());
    let initial: InitialEvents<T> | undefined = new InitialEvents((one) => this.#admit(one));
    const start = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' } as const;
    for await (const event of this.#open(session, start)) {
      if (initial === undefined) {
        this.#receive(event);
        continue;
      }
      touch();
      if (!initial.accept(event)) continue;
      session.disarm();
      this.#replace(initial.objects, event.object.metadata.resourceVersion ?? '');
      initial = undefined;
    }
    if (initial !== undefined) throw new TransportError('The watch ended before its initial events', 'closed');
    this.#checkEnd();
  }

  #describeSilence(): Error {
    if (this.#openedAt === undefined) return new TransportError('The API server does not answer the watch', 'timeout');
    this.#silentStarts += 1;
    const isCertain = this.#silentStarts > 1;
    return new WatchListUnsupportedError('The API server does not send the initial events', isCertain);
  }

  #open(session: Deadline, start: ListOptions & { sendInitialEvents?: boolean }): AsyncIterable<WatchEvent<T>> {
    const { client, type, clock, random, metrics } = this.#options;
    return client.watch<T>(type, {
      ...this.#select(),
      ...start,
      allowWatchBookmarks: true,
      // Spread, so that not all watches of a cluster come back at the same moment.
      timeoutSeconds: Math.round((shortestWatchMs / 1000) * (1 + random())),
      silenceMs: watchSilenceMs,
      signal: session.signal,
      onOpen: () => {
        this.#openedAt = clock.monotonic();
        metrics?.observeWatch?.(type, false);
        if (this.#position !== undefined)
          this.#settled = clock.schedule(quietWatchMs, () => this.#recovery.succeed('watch'));
      },
    });
  }

  #select(): ListOptions {
    const { selection, metadataOnly } = this.#options;
    const { namespace, labelSelector, fieldSelector } = selection;
    return { namespace, labelSelector, fieldSelector, metadataOnly };
  }

  #receive({ type, object }: WatchEvent<T>): void {
    const { sink, clock } = this.#options;
    this.#sawEvent = true;
    this.#lastEventAt = clock.now();
    this.#recovery.succeed('watch');
    if (type !== 'BOOKMARK') {
      const state = this.#admit(object);
      if (type === 'DELETED') this.#leftOut.delete(keyOf(object));
      if (type === 'DELETED' || state === undefined) sink.remove(object, state);
      else sink.upsert(state);
    }
    this.#position = object.metadata.resourceVersion ?? this.#position;
  }

  #admit(object: T): T | undefined {
    const { selection, ingest } = this.#options;
    if (!selection.includes(object)) return undefined;
    const state = ingest(object);
    if (state === undefined) this.#leftOut.add(keyOf(object));
    else this.#leftOut.delete(keyOf(object));
    return state;
  }

  #replace(objects: readonly T[], resourceVersion: string): void {
    const { sink, metrics, type, clock } = this.#options;
    metrics?.observeList?.(type, false);
    this.#lastEventAt = clock.now();
    this.#sawEvent = true;
    this.#position = resourceVersion;
    sink.replace(objects);
    if (this.#verb === 'watch') this.#badStarts = this.#silentStarts = 0;
    // A complete WatchList is a list and a working watch in one.
    this.#recovery.succeed(this.#verb);
  }

  /** A watch that ends at once, again and again, must not become a busy loop. */
  #checkEnd(): void {
    if (!this.#sawEvent && this.#watchedMs() < shortWatchMs)
      throw new TransportError('The watch ended at once', 'closed');
  }

  #watchedMs(): number {
    return this.#openedAt === undefined ? 0 : this.#options.clock.monotonic() - this.#openedAt;
  }

  /** Draws the consequences of a failure; the milliseconds to wait before the next try. */
  async #recover(error: unknown, signal: AbortSignal): Promise<number> {
    if (this.#isWatchListRefused(error)) {
      this.#useWatchList = this.#useWatchList && !isLastingRefusal(error);
      this.#skipWatchList = true;
      this.#options.logger.debug('No WatchList: listing instead', { reason: describeError(error) });
      return 0;
    }
    if (!(error instanceof ApiError) && !isTransport(error)) throw error;
    this.#count();
    if (needsList(error)) this.#position = undefined;
    const polled = isForbidden(error) && (await this.#poll(signal));
    return this.#recovery.fail({ error, verb: this.#verb, watchedMs: this.#watchedMs(), polled });
  }

  #count(): void {
    const { metrics, type } = this.#options;
    if (this.#verb === 'list') metrics?.observeList?.(type, true);
    else metrics?.observeWatch?.(type, true);
    if (this.#verb === 'list' || this.#position !== undefined) return;
    this.#badStarts += 1;
    // Whatever it is that breaks WatchList here, now and then the other way is tried.
    this.#skipWatchList = this.#badStarts % 3 === 0;
  }

  #isWatchListRefused(error: unknown): boolean {
    if (error instanceof WatchListUnsupportedError) return true;
    return this.#verb === 'watch' && this.#position === undefined && isWatchListRefusal(error);
  }

  /** An allow-listed Namespace that may be read but not listed is read by its name; false when that fails, too. */
  async #poll(signal: AbortSignal): Promise<boolean> {
    const { client, type, selection, metadataOnly } = this.#options;
    const { name } = selection;
    if (name === undefined) return false;
    try {
      const object = await client.get<T>(type, { namespace: '', name }, { metadataOnly, signal });
      const state = this.#admit(object);
      this.#show(state === undefined ? [] : [state]);
      return true;
    } catch (error) {
      if (isAbsent(error)) this.#show([]);
      return isAbsent(error);
    }
  }

  #show(objects: readonly T[]): void {
    this.#lastEventAt = this.#options.clock.now();
    this.#options.sink.replace(objects);
  }
}

/** Whether the position is of no use any more. After a broken connection or a busy server it still is. */
function needsList(error: ApiError | TransportError): boolean {
  if (isTransport(error)) return false;
  if (isResourceVersionTooLarge(error)) return true;
  return error.status < 500 && error.status !== 429 && error.status !== 401;
}

/** A call, not a property: it may change while something is awaited. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
