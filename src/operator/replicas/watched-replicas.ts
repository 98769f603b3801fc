import { formatTime } from '../../base/time.ts';
import type { ExpectedReplica } from '../../core/loaded/expected-replicas.ts';
import { judgeLoaded } from '../../core/loaded/judge-loaded.ts';
import type { ReplicaState } from '../../core/loaded/judge-loaded.ts';
import { LookSchedule } from '../../core/loaded/look-schedule.ts';
import type { ObservedLoad, ObservedReplica } from '../../core/loaded/observed-load.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import type { ReplicaMemory, WrittenConfig } from './look-at-replica.ts';

interface Watched {
  readonly schedule: LookSchedule;
  readonly memory: ReplicaMemory;
  state: ReplicaState;
  since: string;
  /** What was found once and is worse than what was told: told when it is found again. */
  doubted: ReplicaState | undefined;
}

/** Times of now: `monotonic` for what is due, `wall` for people, milliseconds both. */
export interface Now {
  readonly monotonic: number;
  readonly wall: number;
}

/** What a look has found. */
interface Found {
  readonly state: ReplicaState;
  /** Nothing is still to come. */
  readonly isSettled: boolean;
  /** A request was sent: only then it counts. */
  readonly isAsked: boolean;
}

/** What is known of the replicas of one workload, and when each is looked at next. */
export class WatchedReplicas {
  readonly #replicas = new Map<string, Watched>();
  #written: WrittenConfig | undefined;

  get written(): WrittenConfig | undefined {
    return this.#written;
  }

  /**
   * Something else was written: nobody is known to have it. What its answers do not show a replica has once it has loaded anything
   * since.
   */
  change(written: WrittenConfig, now: Now): void {
    const before = this.#written;
    const isHidden = before !== undefined && before.unprovenRevision !== written.unprovenRevision;
    this.#written = written;
    for (const one of this.#replicas.values()) {
      if (isHidden) one.memory.loadedBefore = one.memory.loadedAt;
      one.schedule.change(now.monotonic);
      if (one.state.kind === 'loaded') this.#set(one, { kind: 'unasked' }, now);
    }
  }

  /** Those that there should be now: others are forgotten, new ones are looked at soon. */
  expect(replicas: readonly ExpectedReplica[], now: Now): void {
    const names = new Set(replicas.map(({ name }) => name));
    for (const name of this.#replicas.keys()) if (!names.has(name)) this.#replicas.delete(name);
    for (const name of names) if (!this.#replicas.has(name)) this.#replicas.set(name, begin(now));
  }

  isDue(name: string, now: Now): boolean {
    return (this.#replicas.get(name)?.schedule.dueAt() ?? Infinity) <= now.monotonic;
  }

  /** When the next one is due; undefined while none is known. */
  nextDueAt(): number | undefined {
    const all = [...this.#replicas.values()].map(({ schedule }) => schedule.dueAt());
    return all.length === 0 ? undefined : Math.min(...all);
  }

  memoryOf(name: string): ReplicaMemory | undefined {
    return this.#replicas.get(name)?.memory;
  }

  /** What a look has found. A replica that was well is not called ill before it was found so twice. */
  looked(name: string, found: Found, now: Now): void {
    const one = this.#replicas.get(name);
    if (one === undefined) return;
    const { state, isSettled, isAsked } = found;
    one.schedule.looked(now.monotonic, isSettled ? 'settled' : 'waiting', isAsked);
    const isDoubtful = one.state.kind === 'loaded' && state.kind !== 'loaded' && one.doubted === undefined;
    one.doubted = isDoubtful ? state : undefined;
    if (!isDoubtful) this.#set(one, state, now);
  }

  /** What is due could not be looked at: it is, the next time. */
  postpone(now: Now): void {
    for (const { schedule } of this.#replicas.values())
      if (schedule.dueAt() <= now.monotonic) schedule.looked(now.monotonic, 'waiting', false);
  }

  /**
   * Seconds from the write until the last replica had loaded it, by the replicas' own times. Their clocks may be wrong: it was between the
   * write and now.
   */
  measureLoad(wall: number): number {
    const writtenAt = this.#written?.at ?? wall;
    const loadedAt = Math.max(...[...this.#replicas.values()].map(({ memory }) => Date.parse(memory.loadedAt ?? '')));
    const longestMs = wall - writtenAt;
    const ms = Number.isNaN(loadedAt) ? longestMs : Math.min(longestMs, Math.max(0, loadedAt - writtenAt));
    return ms / 1000;
  }

  judge(container: string): Verdict {
    return judgeLoaded(this.list(), container);
  }

  list(): readonly ObservedReplica[] {
    return [...this.#replicas].map(
      ([
        name,
        {
          state,
          since,
          memory: { loadedAt },
        },
      ]) => ({
        ...{ name, state, since },
        ...(loadedAt === undefined ? {} : { loadedAt }),
      }),
    );
  }

  /** What there is to say of them besides the condition. */
  describe(container: string): ObservedLoad {
    const { at, isSeen = false } = this.#written ?? {};
    return {
      ...(at === undefined || !isSeen ? {} : { writtenAt: formatTime(at) }),
      ...{ container, replicas: this.list() },
    };
  }

  areAllLoaded(): boolean {
    return this.#replicas.size > 0 && [...this.#replicas.values()].every(({ state }) => state.kind === 'loaded');
  }

  #set(one: Watched, state: ReplicaState, now: Now): void {
    if (one.state.kind !== state.kind) one.since = formatTime(now.wall);
    one.state = state;
  }
}

const begin = (now: Now): Watched => ({
  schedule: new LookSchedule(now.monotonic),
  memory: beginMemory(),
  state: { kind: 'unasked' },
  since: formatTime(now.wall),
  doubted: undefined,
});

const beginMemory = (): ReplicaMemory => ({
  ...{ known: new Map(), knownRules: new Map(), loadedAt: undefined, loadedBefore: undefined },
  ...{ found: undefined, foundRules: undefined, version: undefined, hash: undefined },
});
