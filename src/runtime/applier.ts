import type { KubernetesObject, NamespacedName, ObjectMeta, ResourceType } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import type { KubernetesClient } from '../kubernetes/client/client.ts';
import { isAlreadyExists, isConflict, isNotFound } from '../kubernetes/client/errors.ts';

/** One object as it should be. */
export interface Desired<T extends KubernetesObject> {
  readonly type: ResourceType;
  readonly object: T;
  /** Changes whenever `object` does; equal fingerprints mean equal objects. */
  readonly fingerprint: string;
  /** What to send in place of `live`: foreign labels and annotations stay, server-owned fields are taken over. */
  readonly merge: (live: T, desired: T) => T;
  /** False when sending the merged object would change nothing. */
  readonly differs: (live: T, desired: T) => boolean;
  /** The resourceVersion in a cache that watches this type; undefined when none does, "" when it holds no such object. */
  readonly observedVersion?: string | undefined;
}

export type Applied = 'unchanged' | 'created' | 'updated';

export interface ApplierOptions {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  /** Throws when writing is not allowed any more (a lost lease); asked right before each write. */
  readonly fence: () => void;
  readonly fieldManager: string;
}

/** What is known of an object since it was last read or written. The data itself is not kept. */
interface Known {
  readonly fingerprint: string;
  readonly metadata: ObjectMeta;
  /** What the cache held when we wrote: it may show that for a while. */
  readonly superseded: string | undefined;
  readonly at: number;
}

/** Where no cache tells of changes, what was seen is believed for this long. */
const trustMs = 60_000;
const conflictRetries = 5;

/**
 * Writes objects only when they differ from what the server has, and reads them only when somebody else may have
 * changed them: an idle sync costs no request, one changed config costs one PUT.
 */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: ApplierOptions) {
    this.#options = options;
  }

  /** Creates or updates. @throws {ApiError} what the server refuses; conflicts are retried first. */
  async apply<T extends KubernetesObject>(desired: Desired<T>): Promise<Applied> {
    const id = idOf(desired.type, desired.object.metadata);
    const known = this.#known.get(id);
    if (known !== undefined && this.#isCurrent(known, desired)) return 'unchanged';
    let trusted = desired.observedVersion === undefined ? undefined : known;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#write(id, desired, trusted);
      } catch (error) {
        this.#known.delete(id);
        if (attempt >= conflictRetries || !isLostRace(error, trusted !== undefined)) throw error;
        trusted = undefined;
        await sleep(this.#options.clock, 10 * 2 ** attempt);
      }
    }
  }

  /** Deletes; an object that is gone already is no error. */
  async delete(
    type: ResourceType,
    name: NamespacedName,
    options: { propagationPolicy?: 'Foreground' | 'Background'; uid?: string } = {},
  ): Promise<void> {
    this.#options.fence();
    this.#known.delete(idOf(type, name));
    try {
      const preconditions = options.uid === undefined ? undefined : { uid: options.uid };
      await this.#options.client.delete(type, name, { propagationPolicy: options.propagationPolicy, preconditions });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Forgets what is known of the objects of a namespace whose names begin so; for owners that are gone. */
  forget(namespace: string, prefix: string): void {
    for (const [id, { metadata }] of this.#known) {
      if (metadata.namespace === namespace && (metadata.name ?? '').startsWith(prefix)) this.#known.delete(id);
    }
  }

  #isCurrent<T extends KubernetesObject>(known: Known, desired: Desired<T>): boolean {
    if (known.fingerprint !== desired.fingerprint) return false;
    return this.#isUntouched(known, desired.observedVersion);
  }

  #isUntouched(known: Known, observed: string | undefined): boolean {
    if (observed === undefined) return this.#options.clock.monotonic() - known.at < trustMs;
    return observed === known.metadata.resourceVersion || observed === known.superseded;
  }

  async #write<T extends KubernetesObject>(
    id: string,
    desired: Desired<T>,
    known: Known | undefined,
  ): Promise<Applied> {
    const { object, type } = desired;
    const { client, fieldManager } = this.#options;
    const live = known === undefined ? await this.#read(desired) : assumeLive(object, known.metadata);
    if (live === undefined) {
      this.#options.fence();
      this.#remember(id, desired, await client.create(type, object, { fieldManager }));
      return 'created';
    }
    if (known === undefined && !desired.differs(live, object)) {
      this.#remember(id, desired, live);
      return 'unchanged';
    }
    this.#options.fence();
    const merged = desired.merge(live, object);
    this.#remember(id, desired, await client.update(type, merged, { fieldManager }));
    return 'updated';
  }

  async #read<T extends KubernetesObject>({ type, object }: Desired<T>): Promise<T | undefined> {
    const { namespace = '', name = '' } = object.metadata;
    try {
      return await this.#options.client.get<T>(type, { namespace, name });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  #remember<T extends KubernetesObject>(id: string, desired: Desired<T>, live: KubernetesObject): void {
    this.#known.set(id, {
      fingerprint: desired.fingerprint,
      metadata: live.metadata,
      superseded: desired.observedVersion,
      at: this.#options.clock.monotonic(),
    });
  }
}

/** Somebody else wrote in between; an update of an object taken from memory also may find it gone. */
function isLostRace(error: unknown, fromMemory: boolean): boolean {
  return isConflict(error) || isAlreadyExists(error) || (fromMemory && isNotFound(error));
}

/** The last known metadata with the new content: its resourceVersion makes the server refuse it when that is outdated. */
function assumeLive<T extends KubernetesObject>(object: T, metadata: ObjectMeta): T {
  return { ...object, metadata };
}

function idOf(type: ResourceType, { namespace = '', name = '' }: { namespace?: string; name?: string }): string {
  return `${type.group}/${type.plural}/${namespace}/${name}`;
}
