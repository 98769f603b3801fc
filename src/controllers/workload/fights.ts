import type { KubernetesObject, NamespacedName, ResourceType } from '../../api/meta.ts';
import { isOlderVersion } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { formatTime } from '../../base/time.ts';
import { inputHashAnnotation } from '../../core/render/shared/input-hash.ts';
import { findManager } from '../../core/status/blame.ts';
import { chooseRest } from '../../core/status/contested.ts';
import type { Contest } from '../../core/status/contested.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isAbsent, isForbidden } from '../../kubernetes/client/errors.ts';
import type { Overwrite, WriteGate, Written } from '../../runtime/applier.ts';
import { fightMemoryMs, firstFightRestMs, freeWrites, longestFightRestMs } from '../limits.ts';

/** One object as we wrote it last, and what others made of it. Times by the monotonic clock. */
interface Fought extends NamespacedName {
  readonly type: ResourceType;
  readonly users: Set<string>;
  /** Fingerprint of what was wanted. */
  desired: string;
  /** resourceVersion of our last write. */
  version: string | undefined;
  writtenAt: number;
  /** Somebody has changed it since. */
  isUndone: boolean;
  undoneAt: number;
  times: number;
  since: string;
  /** resourceVersion of the state that was looked into. */
  seen: string | undefined;
  manager: string | undefined;
  fields: readonly string[];
}

export interface FightDeps {
  readonly client: Pick<KubernetesClient, 'get'>;
  readonly clock: Clock;
  /** Our field manager. */
  readonly manager: string;
}

const isHash = (path: string): boolean => path.includes(inputHashAnnotation);

/**
 * Notices whoever keeps changing what we write, of any kind: a write of ours that is undone three times, each within ten minutes of the
 * time before, is no slip of a hand. From then on the object is left alone a second, two, four and so on up to five minutes before it
 * is written back; what we want differently ourselves is written at once. The hash of inputs, which a second operator replaces
 * in StatefulSets, is not fought over at all. In memory: who is started anew finds it anew.
 */
export class FightWatch implements WriteGate {
  readonly #deps: FightDeps;
  readonly #fought = new Map<string, Fought>();

  constructor(deps: FightDeps) {
    this.#deps = deps;
  }

  /** Milliseconds for which the object is not to be written; 0: write. */
  async judge({ type, live, fingerprint, differences }: Overwrite): Promise<number> {
    const found = this.#fought.get(idOf(type, live.metadata));
    const { resourceVersion } = live.metadata;
    if (found === undefined || found.desired !== fingerprint) return 0;
    // The cache has not seen our write yet: what differs is what we changed.
    if (isOlderVersion(resourceVersion, found.version)) return 0;
    this.#expire(found);
    this.#count(found);
    if (found.times < freeWrites) return 0;
    if (found.seen !== resourceVersion) {
      found.seen = resourceVersion;
      found.fields = differences;
      found.manager = resourceVersion === found.version ? undefined : await this.#blame(found, live);
    }
    return Math.max(0, this.#restUntil(found) - this.#now());
  }

  /** Remembers what the server answered to a write. */
  note({ type, object, fingerprint, user }: Written): void {
    const { namespace = '', name = '', resourceVersion } = object.metadata;
    const id = idOf(type, object.metadata);
    const before = this.#fought.get(id);
    if (before !== undefined) this.#expire(before);
    const writtenAt = this.#now();
    const fresh = { undoneAt: 0, times: 0, since: '', seen: undefined, manager: undefined, fields: [] };
    const users = new Set([...(before?.users ?? []), ...(user === undefined ? [] : [user])]);
    const now = {
      type,
      namespace,
      name,
      users,
      desired: fingerprint,
      version: resourceVersion,
      writtenAt,
      isUndone: false,
    };
    this.#fought.set(id, { ...fresh, ...before, ...now });
  }

  /** What is contested of what the user needs, now. */
  listOf(user: string): Contest[] {
    return this.#listFought(user).map(({ type: { kind }, name, manager, fields, since, times }) => {
      return { kind, name, manager, fields, since, times };
    });
  }

  /** Milliseconds until something of it is to be written back, or counts as over. */
  dueMs(user: string): number | undefined {
    const ends = this.#listFought(user).map((one) => (one.isUndone ? this.#restUntil(one) : this.#overAt(one)));
    return ends.length === 0 ? undefined : Math.max(1, Math.min(...ends) - this.#now());
  }

  /** The user is gone. */
  forget(user: string): void {
    for (const [id, { users }] of this.#fought) if (users.delete(user) && users.size === 0) this.#fought.delete(id);
  }

  #now(): number {
    return this.#deps.clock.monotonic();
  }

  #listFought(user: string): Fought[] {
    const all = [...this.#fought.values()].filter(({ users }) => users.has(user));
    for (const one of all) this.#expire(one);
    return all.filter(({ times }) => times >= freeWrites);
  }

  /** One count for each write of ours, however often it is changed meanwhile. */
  #count(found: Fought): void {
    if (found.isUndone) return;
    if (found.times === 0) found.since = formatTime(this.#deps.clock.now());
    found.isUndone = true;
    found.undoneAt = this.#now();
    found.times += 1;
  }

  #expire(found: Fought): void {
    if (found.times === 0 || this.#now() < this.#overAt(found)) return;
    found.times = 0;
    found.isUndone = false;
  }

  #overAt({ writtenAt, undoneAt }: Fought): number {
    return Math.max(writtenAt, undoneAt) + fightMemoryMs;
  }

  #restUntil(found: Fought): number {
    if (found.fields.length > 0 && found.fields.every(isHash)) return this.#overAt(found);
    const bounds = { free: freeWrites, first: firstFightRestMs, longest: longestFightRestMs };
    return found.writtenAt + chooseRest(found.times, bounds);
  }

  /** Caches keep no managedFields: the object is read once for each state that is found. */
  async #blame({ type, namespace, name, fields }: Fought, live: KubernetesObject): Promise<string | undefined> {
    const { client, manager } = this.#deps;
    const entries =
      live.metadata.managedFields ??
      (await client.get(type, { namespace, name }).then(
        ({ metadata }) => metadata.managedFields,
        (error: unknown) => {
          if (isAbsent(error) || isForbidden(error)) return undefined;
          throw error;
        },
      ));
    return findManager(entries ?? [], fields, manager);
  }
}

const idOf = ({ plural }: ResourceType, { namespace = '', name = '' }: { namespace?: string; name?: string }): string =>
  `${plural}/${namespace}/${name}`;
