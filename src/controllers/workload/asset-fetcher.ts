import type { KubernetesObject, ObjectMetadata, ResourceType } from '../../api/meta.ts';
import { isObjectName } from '../../api/meta.ts';
import { configMapType, secretType } from '../../api/builtin-types.ts';
import type { Logger } from '../../base/logger.ts';
import type { AssetObject, AssetObjects, ObjectReference } from '../../core/assets/store.ts';
import { objectKeyOf } from '../../core/assets/store.ts';
import type { Lister } from '../../core/listers.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { ApiError, isAbsent } from '../../kubernetes/client/errors.ts';
import { parallelReads } from '../limits.ts';

export interface AssetFetcherOptions {
  readonly client: Pick<KubernetesClient, 'get'>;
  /** Metadata caches: they say which version is the newest, where they cover the namespace. */
  readonly secrets: Lister<ObjectMetadata>;
  readonly configMaps: Lister<ObjectMetadata>;
  /** Told what each user refers to, nothing in the end: for caches that read by name. */
  readonly follow?: (user: string, references: readonly ObjectReference[]) => void;
  readonly logger: Logger;
}

interface Fetched {
  readonly version: string;
  readonly object: AssetObject;
}

/** Refusals of one request for what it asks: bad request, forbidden, path too long, invalid, headers too large. */
const refusals: ReadonlySet<number> = new Set([400, 403, 414, 422, 431]);

/**
 * Reads referenced Secrets and ConfigMaps live: the only read that a sync waits for. What a metadata cache shows to be
 * unchanged is not read again. Contents are kept for referenced objects only.
 */
export class AssetFetcher {
  readonly #options: AssetFetcherOptions;
  readonly #fetched = new Map<string, Fetched>();
  readonly #users = new Map<string, ReadonlyMap<string, ObjectReference>>();

  constructor(options: AssetFetcherOptions) {
    this.#options = options;
  }

  /**
   * Fetches for `user` (the workload's key), which from now on refers to exactly these objects. Objects that are missing or
   * that the server refuses to show are left out, and what no object can be called is not asked for: whoever refers to them
   * is rejected, nobody else. @throws {ApiError | TransportError} when the server cannot say; the rest is not read then.
   */
  async fetch(user: string, references: readonly ObjectReference[]): Promise<AssetObjects> {
    const possible = references.filter(({ name }) => isObjectName(name));
    const distinct = new Map(possible.map((reference) => [objectKeyOf(reference), reference]));
    const before = this.#users.get(user);
    this.#users.set(user, distinct);
    this.#options.follow?.(user, possible);
    this.#drop(before);
    const secrets: AssetObject[] = [];
    const configMaps: AssetObject[] = [];
    const waiting = [...distinct];
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const object = await this.#read(next[0], next[1]);
        if (object !== undefined) (next[1].kind === 'Secret' ? secrets : configMaps).push(object);
      }
    };
    const readers = Array.from({ length: Math.min(parallelReads, waiting.length) }, async () => {
      await work().finally(() => (waiting.length = 0));
    });
    for (const end of await Promise.allSettled(readers)) if (end.status === 'rejected') throw end.reason;
    return { secrets, configMaps };
  }

  /** Keys of the workloads whose last sync referred to the object, found or not. */
  usersOf(reference: ObjectReference): string[] {
    const id = objectKeyOf(reference);
    return [...this.#users].filter(([, used]) => used.has(id)).map(([user]) => user);
  }

  /**
   * Keys of the workloads whose last sync read an object in another state than its cache has it, or read one that its
   * cache does not have, in `namespace` ("": in any). To be asked when a cache was filled: no event tells of that.
   */
  listOutdated(kind: ObjectReference['kind'], namespace = ''): string[] {
    const isOutdated = (id: string, reference: ObjectReference): boolean =>
      reference.kind === kind &&
      (namespace === '' || reference.namespace === namespace) &&
      this.#fetched.get(id)?.version !== this.#observe(reference);
    return [...this.#users].flatMap(([user, used]) => {
      for (const [id, reference] of used) if (isOutdated(id, reference)) return [user];
      return [];
    });
  }

  /** The contents that the last syncs saw. */
  list(): AssetObjects {
    const of = (kind: ObjectReference['kind']): AssetObject[] =>
      [...this.#fetched].flatMap(([id, { object }]) => (id.startsWith(`${kind}/`) ? [object] : []));
    return { secrets: of('Secret'), configMaps: of('ConfigMap') };
  }

  /** The workload is gone; contents that only it used are dropped. */
  forget(user: string): void {
    const before = this.#users.get(user);
    this.#users.delete(user);
    this.#options.follow?.(user, []);
    this.#drop(before);
  }

  /** Drops contents that nobody refers to any more. */
  #drop(before: ReadonlyMap<string, ObjectReference> = new Map()): void {
    const users = [...this.#users.values()];
    for (const id of before.keys()) if (!users.some((used) => used.has(id))) this.#fetched.delete(id);
  }

  /** The version that the cache shows; undefined for an object that it does not have. */
  #observe({ kind, namespace, name }: ObjectReference): string | undefined {
    const lister = kind === 'Secret' ? this.#options.secrets : this.#options.configMaps;
    return lister.get(namespace, name)?.metadata.resourceVersion;
  }

  async #read(id: string, reference: ObjectReference): Promise<AssetObject | undefined> {
    const known = this.#fetched.get(id);
    if (known !== undefined && known.version === this.#observe(reference)) return known.object;
    const object = await this.#get(reference.kind === 'Secret' ? secretType : configMapType, reference);
    if (object?.metadata.resourceVersion === undefined) this.#fetched.delete(id);
    else this.#fetched.set(id, { version: object.metadata.resourceVersion, object });
    return object;
  }

  async #get(type: ResourceType, { kind, namespace, name }: ObjectReference): Promise<AssetObject | undefined> {
    try {
      const { metadata, ...rest } = await this.#options.client.get<KubernetesObject>(type, { namespace, name });
      const { resourceVersion, uid } = metadata;
      return {
        ...rest,
        metadata: {
          namespace,
          name,
          ...(resourceVersion === undefined ? {} : { resourceVersion }),
          ...(uid === undefined ? {} : { uid }),
        },
      };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (!(error instanceof ApiError) || !refusals.has(error.status)) throw error;
      this.#options.logger.warn('Cannot read a referenced object: it counts as missing', {
        kind,
        namespace,
        name,
        err: error.message,
      });
      return undefined;
    }
  }
}
