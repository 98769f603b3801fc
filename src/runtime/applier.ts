import type { KubernetesObject, NamespacedName, ObjectMeta, ResourceType } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import { hashJson } from '../base/hash.ts';
import type { KubernetesClient, WriteOptions } from '../kubernetes/client/client.ts';
import { isAlreadyExists, isConflict, isAbsent } from '../kubernetes/client/errors.ts';
import { conflictRetries, firstConflictWaitMs, trustedWriteMs } from './limits.ts';

/** A live object that is to be written over. */
export interface Overwrite {
  readonly type: ResourceType;
  readonly live: KubernetesObject;
  /** Of what is wanted: equal ones mean equal objects. */
  readonly fingerprint: string;
  /** Paths of the fields that are not as they should be. */
  readonly differences: readonly string[];
}

/** What the server answered to a write. */
export interface Written {
  readonly type: ResourceType;
  /** With metadata at least. */
  readonly object: KubernetesObject;
  readonly fingerprint: string;
  /** Who needs the object. */
  readonly user: string | undefined;
}

/** Is asked before an object is written over that others may have changed. */
export interface WriteGate {
  /** Milliseconds for which the object is to be left as it is; 0: it may be written. */
  judge(overwrite: Overwrite): Promise<number>;
  note(written: Written): void;
}

/** What to do about a live object: nothing when there are no differences, else write `object` over it. */
export interface Revision<T extends KubernetesObject> {
  readonly object: T;
  readonly differences: readonly { readonly path: string }[];
}

/** One object as it should be. */
export interface Desired<T extends KubernetesObject> {
  readonly type: ResourceType;
  readonly object: T;
  /** Changes whenever `object` does; equal fingerprints mean equal objects. */
  readonly fingerprint: string;
  /** Compares with the live object; what survives of that goes into the revision. */
  readonly revise: (live: T, desired: T) => Revision<T>;
  /** The object as it is to be created, where that differs. */
  readonly create?: ((desired: T) => T) | undefined;
  /** What to write after the server answered a write: undefined when its answer is as wanted. */
  readonly acknowledge?: ((written: T, desired: T) => T | undefined) | undefined;
  /** The live object of a cache that holds whole objects of this type. */
  readonly cache?: { readonly object: T | undefined } | undefined;
  /** The resourceVersion in a cache of metadata; undefined when none watches the object, "" when it holds no such object. */
  readonly observedVersion?: string | undefined;
  /** Who needs the object; told to the gate. */
  readonly user?: string | undefined;
}

/** `held`: it differs, and the gate does not let it be written yet. */
export type Applied = 'unchanged' | 'created' | 'updated' | 'held';

export interface ApplierOptions {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  /** Throws when writing is not allowed any more (a lost lease); asked right before each write. */
  readonly fence: () => void;
  readonly fieldManager: string;
  /** Default: everything may be written at once. */
  readonly gate?: WriteGate | undefined;
}

/** What is known of an object since it was last read or written. The data itself is not kept. */
interface Known {
  readonly fingerprint: string;
  readonly metadata: ObjectMeta;
  /** What the cache held when we wrote: it may show that for a while. */
  readonly superseded: string | undefined;
  readonly at: number;
}

/** Where the live object comes from. What is taken from memory has the last known metadata and the desired content. */
interface Source<T> {
  readonly live: T | undefined;
  readonly fromMemory: boolean;
}

/**
 * Writes objects only when they differ from what the server has, and reads them only when somebody else may have
 * changed them: an idle sync costs no request, one changed config costs one PUT. Every update carries the
 * resourceVersion of what it was compared with; a lost race is compared anew.
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
    if (desired.cache === undefined && known !== undefined && this.#isCurrent(known, desired)) return 'unchanged';
    let source = this.#recall(desired, known);
    for (let attempt = 0; ; attempt += 1) {
      try {
        source ??= { live: await this.#read(desired), fromMemory: false };
        return await this.#write(id, desired, source);
      } catch (error) {
        this.#known.delete(id);
        if (attempt >= conflictRetries || !isLostRace(error, source?.live !== undefined)) throw error;
        source = undefined;
        await sleep(this.#options.clock, firstConflictWaitMs * 2 ** attempt);
      }
    }
  }

  /** True when the object is as this applier last wrote or saw it: an event about it brings nothing new. */
  isKnown(type: ResourceType, metadata: ObjectMeta): boolean {
    const known = this.#known.get(idOf(type, metadata));
    return known !== undefined && known.metadata.resourceVersion === metadata.resourceVersion;
  }

  /** Metadata of the objects of the type as this applier last wrote or saw them. */
  listKnown(type: ResourceType): ObjectMeta[] {
    const prefix = idOf(type, {}).slice(0, -1);
    return [...this.#known].flatMap(([id, { metadata }]) => (id.startsWith(prefix) ? [metadata] : []));
  }

  /**
   * Somebody deleted the object: what was written of it counts no more. An object made anew under its name does.
   * @param metadata as a watch or a relist last had it; a tombstone's resourceVersion may be the one that was written.
   */
  forgetDeleted(type: ResourceType, metadata: ObjectMeta): void {
    const id = idOf(type, metadata);
    if (this.#known.get(id)?.metadata.uid === metadata.uid) this.#known.delete(id);
  }

  /** Deletes; an object that is gone already is no error. */
  async delete(
    type: ResourceType,
    name: NamespacedName,
    options: { propagationPolicy?: 'Foreground' | 'Background' | 'Orphan'; uid?: string | undefined } = {},
  ): Promise<void> {
    this.#options.fence();
    this.#known.delete(idOf(type, name));
    const { propagationPolicy, uid } = options;
    try {
      const preconditions = uid === undefined ? undefined : { uid };
      await this.#options.client.delete(type, name, { propagationPolicy, preconditions });
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  /** Forgets what is known of the objects of a namespace whose names begin so; for owners that are gone. */
  forget(namespace: string, prefix: string): void {
    for (const [id, { metadata }] of this.#known) {
      if (metadata.namespace === namespace && (metadata.name ?? '').startsWith(prefix)) this.#known.delete(id);
    }
  }

  #isCurrent<T extends KubernetesObject>(known: Known, desired: Desired<T>): boolean {
    return known.fingerprint === desired.fingerprint && this.#isUntouched(known, desired.observedVersion);
  }

  #isUntouched(known: Known, observed: string | undefined): boolean {
    const isRecent = this.#options.clock.monotonic() - known.at < trustedWriteMs;
    if (observed === undefined) return isRecent;
    return observed === known.metadata.resourceVersion || (observed === known.superseded && isRecent);
  }

  /** The live object without a request; undefined when the server has to be asked. */
  #recall<T extends KubernetesObject>(desired: Desired<T>, known: Known | undefined): Source<T> | undefined {
    if (desired.cache !== undefined) return { live: desired.cache.object, fromMemory: false };
    if (known === undefined || desired.observedVersion === undefined) return undefined;
    if (!this.#isUntouched(known, desired.observedVersion)) return undefined;
    return { live: { ...desired.object, metadata: known.metadata }, fromMemory: true };
  }

  async #write<T extends KubernetesObject>(
    id: string,
    desired: Desired<T>,
    { live, fromMemory }: Source<T>,
  ): Promise<Applied> {
    const { object, type } = desired;
    const { client, fence } = this.#options;
    const options = this.#describeWrite(desired);
    if (live === undefined) {
      fence();
      const created = await client.create(type, desired.create?.(object) ?? object, options);
      await this.#settle(id, desired, created);
      return 'created';
    }
    const revision = desired.revise(live, object);
    if (revision.differences.length === 0 && !fromMemory) {
      this.#remember(id, desired, live);
      return 'unchanged';
    }
    if (await this.#isHeld(id, desired, { live, differences: revision.differences })) return 'held';
    fence();
    await this.#settle(id, desired, await client.update(type, revision.object, options));
    return 'updated';
  }

  /** What is remembered of an answer is its metadata; its content is looked at only where it may be another than what was sent. */
  #describeWrite<T extends KubernetesObject>({ acknowledge }: Desired<T>): WriteOptions {
    return { fieldManager: this.#options.fieldManager, metadataOnly: acknowledge === undefined };
  }

  async #isHeld<T extends KubernetesObject>(
    id: string,
    desired: Desired<T>,
    { live, differences }: { readonly live: T; readonly differences: Revision<T>['differences'] },
  ): Promise<boolean> {
    const { gate } = this.#options;
    if (gate === undefined) return false;
    const paths = differences.map(({ path }) => path);
    const ms = await gate.judge({ type: desired.type, live, fingerprint: markOf(desired), differences: paths });
    // What is held is read anew each time: what was written of it is not what is there.
    if (ms > 0) this.#known.delete(id);
    return ms > 0;
  }

  async #settle<T extends KubernetesObject>(id: string, desired: Desired<T>, written: T): Promise<void> {
    const again = desired.acknowledge?.(written, desired.object);
    if (again !== undefined) this.#options.fence();
    const { client, fieldManager } = this.#options;
    const last = again === undefined ? written : await client.update(desired.type, again, { fieldManager });
    this.#remember(id, desired, last);
    const { type, user } = desired;
    this.#options.gate?.note({ type, object: last, fingerprint: markOf(desired), user });
  }

  async #read<T extends KubernetesObject>({ type, object }: Desired<T>): Promise<T | undefined> {
    const { namespace = '', name = '' } = object.metadata;
    try {
      return await this.#options.client.get<T>(type, { namespace, name });
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  #remember<T extends KubernetesObject>(id: string, desired: Desired<T>, live: KubernetesObject): void {
    const { managedFields: _managedFields, ...metadata } = live.metadata;
    this.#known.set(id, {
      fingerprint: desired.fingerprint,
      metadata,
      superseded: desired.observedVersion,
      at: this.#options.clock.monotonic(),
    });
  }
}

/** Sets, which are compared with the cache, have no fingerprint of their own. */
const markOf = <T extends KubernetesObject>({ fingerprint, object }: Desired<T>): string =>
  fingerprint === '' ? hashJson(object) : fingerprint;

/** Somebody else wrote in between, or removed what was thought to be there. */
function isLostRace(error: unknown, wasThere: boolean): boolean {
  return isConflict(error) || isAlreadyExists(error) || (wasThere && isAbsent(error));
}

function idOf(type: ResourceType, { namespace = '', name = '' }: { namespace?: string; name?: string }): string {
  return `${type.group}/${type.plural}/${namespace}/${name}`;
}
