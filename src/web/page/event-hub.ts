/** Changes for all who have the page open: each is given what came since the event that they have seen last. */
import type { Clock, Timer } from '../../base/clock.ts';
import {
  eventsKept,
  heartbeatMs,
  mostStreams,
  mostStreamsOfCaller,
  rowsKept,
  slowStreamBytes,
  slowStreamMs,
  streamsATurn,
} from '../limits.ts';
import { writeEventId } from './event-id.ts';
import type { EventId } from './event-id.ts';
import { beatText, resetText, writeChange, writeState } from './page-event.ts';
import type { Change, PageState } from './page-event.ts';
import { PlaceCounts } from './place-counts.ts';
import type { Place, Sight } from './sight.ts';

/** Where events of one client go. */
export interface EventSink {
  write(text: string): void;
  /** Bytes that were written and not yet taken by the client. */
  readonly backlog: number;
  /** Calls back once all of it was taken. */
  whenTaken(then: () => void): void;
  /** Ends it with what was written. */
  end(): void;
  /** Ends it at once. */
  cut(): void;
}

export interface Subscription {
  readonly sink: EventSink;
  readonly sight: Sight;
  /** What the client has seen last; undefined: it wants what comes from now on. */
  readonly after: EventId | undefined;
  /** Who it is: streams are counted; undefined: not counted. */
  readonly caller?: string | undefined;
  /** After so long the client must come back, to be asked again who it is. */
  readonly lifeMs?: number | undefined;
}

export interface EventHubDeps {
  readonly clock: Clock;
  /** Small letters and digits, other ones for each process. */
  readonly epoch: string;
}

interface Entry {
  readonly number: number;
  readonly change: Change;
  /** By who sees it, while it is being sent. */
  readonly texts: Map<Sight, ReturnType<typeof writeChange>>;
}

interface Client {
  readonly sink: EventSink;
  readonly sight: Sight;
  readonly caller: string | undefined;
  /** On the monotonic clock. */
  readonly endsAt: number;
  /** Number of the last event that it was given or that is not for it. */
  seen: number;
  wroteAt: number;
  /** While the client has left too much untaken: cuts it off when it goes on like that. */
  patience: Timer | undefined;
}

/**
 * Memory is bounded: so many events are kept, so many clients served, so much written ahead. Whoever does not take what is written
 * is waited for, then cut off, and is given what they missed when they come back with the id of the last event; who comes too late is
 * told to read all again.
 * A client whose sight does not know an object that changed is ended in the same way, since only as it comes back is it asked
 * what it may see.
 */
export class EventHub {
  readonly #clock: Clock;
  readonly #epoch: string;
  readonly #clients = new Set<Client>();
  #ring: Entry[] = [];
  #rows = 0;
  readonly #places = new PlaceCounts();
  #head = 0;
  #state: PageState = { state: 'starting', message: 'Starting' };
  /** Clients that are still to be served in this round, by turns. */
  #round: Client[] = [];
  #turn: Timer | undefined;
  #beat: Timer | undefined;

  constructor({ clock, epoch }: EventHubDeps) {
    this.#clock = clock;
    this.#epoch = epoch;
  }

  /** Of the last event. */
  get lastId(): string {
    return writeEventId({ epoch: this.#epoch, number: this.#head });
  }

  get size(): number {
    return this.#clients.size;
  }

  get state(): PageState {
    return this.#state;
  }

  /** All places that the kept events are about, each once: a sight that knows them all can be given any of them. */
  listPlaces(): Place[] {
    return this.#places.list();
  }

  /** Tells all that something changed; nothing when no row did. */
  publish(change: Change): void {
    if (change.rows.length === 0) return;
    this.#head += 1;
    this.#ring.push({ number: this.#head, change, texts: new Map() });
    this.#rows += change.rows.length;
    this.#places.add(change.rows);
    while (this.#ring.length > eventsKept || (this.#rows > rowsKept && this.#ring.length > 1)) this.#forgetOldest();
    this.#serveAll();
  }

  /** Tells all how far what is shown can be relied upon, when it is not what it was. */
  setState(state: PageState): void {
    if (state.state === this.#state.state && state.message === this.#state.message) return;
    this.#state = state;
    for (const client of [...this.#clients]) this.#write(client, writeState(state));
  }

  /** Why one more client cannot be served; undefined: it can. */
  findHindrance(caller: string | undefined): string | undefined {
    if (this.#clients.size >= mostStreams) return `Cannot open an event stream: ${mostStreams} are open`;
    if (caller === undefined) return undefined;
    const own = [...this.#clients].filter((client) => client.caller === caller).length;
    return own < mostStreamsOfCaller ? undefined : `Cannot open an event stream: ${own} of yours are open`;
  }

  /** Gives the client what it missed, and from then on what comes. Returns how to end that, for when the client is gone. */
  subscribe({ sink, sight, after, caller, lifeMs = Infinity }: Subscription): () => void {
    const now = this.#clock.monotonic();
    const client: Client = {
      sink,
      sight,
      caller,
      endsAt: now + lifeMs,
      seen: this.#head,
      wroteAt: now,
      patience: undefined,
    };
    this.#clients.add(client);
    // Who is ended before the first change comes back with this id.
    sink.write(`${after === undefined ? `id: ${this.lastId}\n` : ''}${writeState(this.#state)}`);
    if (after !== undefined) this.#resume(client, after);
    this.#beat ??= this.#clock.schedule(heartbeatMs, () => this.#beatAll());
    return () => this.#leave(client);
  }

  /** Ends all streams. */
  close(): void {
    this.#turn?.cancel();
    this.#beat?.cancel();
    for (const client of [...this.#clients]) this.#end(client);
  }

  #forgetOldest(): void {
    const rows = this.#ring.shift()?.change.rows ?? [];
    this.#rows -= rows.length;
    this.#places.remove(rows);
  }

  #resume(client: Client, after: EventId): void {
    const isOurs = after.epoch === this.#epoch && after.number <= this.#head;
    client.seen = isOurs ? after.number : -1;
    this.#serve(client);
  }

  #serveAll(): void {
    this.#round = [...this.#clients];
    this.#turn ??= this.#clock.schedule(0, () => this.#takeTurn());
  }

  /** So many at a time, so that others have the event loop between. */
  #takeTurn(): void {
    for (const client of this.#round.splice(0, streamsATurn)) if (this.#clients.has(client)) this.#serve(client);
    this.#turn = undefined;
    if (this.#round.length > 0) this.#turn = this.#clock.schedule(0, () => this.#takeTurn());
    else for (const { texts } of this.#ring) texts.clear();
  }

  #serve(client: Client): void {
    // Numbers of kept events have no gaps.
    const begin = client.seen - this.#head + this.#ring.length;
    if (begin < 0) {
      this.#reset(client);
      return;
    }
    for (const entry of this.#ring.slice(begin)) {
      if (client.sink.backlog > slowStreamBytes) {
        this.#waitFor(client);
        return;
      }
      const written = this.#writeFor(entry, client.sight);
      if (written === 'unknown') {
        this.#end(client);
        return;
      }
      client.seen = entry.number;
      if (written.text !== undefined) this.#write(client, written.text);
    }
  }

  #reset(client: Client): void {
    client.seen = this.#head;
    this.#write(client, `id: ${this.lastId}\n${resetText}`);
  }

  /** Written once for all of one sight while it is being sent. Later what a sight sees may be another thing, and texts would fill memory. */
  #writeFor({ number, change, texts }: Entry, sight: Sight): ReturnType<typeof writeChange> {
    const known = texts.get(sight);
    if (known !== undefined) return known;
    const written = writeChange(change, sight);
    const hasText = written !== 'unknown' && written.text !== undefined;
    const id = writeEventId({ epoch: this.#epoch, number });
    const framed = hasText ? { text: `id: ${id}\n${written.text}` } : written;
    if (this.#turn !== undefined) texts.set(sight, framed);
    return framed;
  }

  #waitFor(client: Client): void {
    if (client.patience !== undefined) return;
    client.patience = this.#clock.schedule(slowStreamMs, () => {
      this.#leave(client);
      client.sink.cut();
    });
    client.sink.whenTaken(() => {
      client.patience?.cancel();
      client.patience = undefined;
      if (this.#clients.has(client)) this.#serve(client);
    });
  }

  #write(client: Client, text: string): void {
    client.sink.write(text);
    client.wroteAt = this.#clock.monotonic();
  }

  #leave(client: Client): void {
    this.#clients.delete(client);
    client.patience?.cancel();
  }

  #end(client: Client): void {
    this.#leave(client);
    client.sink.end();
  }

  #beatAll(): void {
    const now = this.#clock.monotonic();
    for (const client of [...this.#clients]) {
      if (now >= client.endsAt) this.#end(client);
      else if (client.patience === undefined && now - client.wroteAt >= heartbeatMs) this.#write(client, beatText);
    }
    this.#beat = this.#clients.size === 0 ? undefined : this.#clock.schedule(heartbeatMs, () => this.#beatAll());
  }
}
