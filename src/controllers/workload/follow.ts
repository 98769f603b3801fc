import type { NamespacedName, ObjectMetadata } from '../../api/meta.ts';
import type { ObjectReference } from '../../core/assets/store.ts';
import type { Informer } from '../../kubernetes/cache/informer.ts';
import { isPoller } from '../../kubernetes/cache/poller.ts';
import type { Poller } from '../../kubernetes/cache/poller.ts';

/** The metadata of Secrets and ConfigMaps: of all that are watched, or of those alone that are followed by name. */
export interface AssetCaches {
  readonly secrets: Informer<ObjectMetadata>;
  readonly configMaps: Informer<ObjectMetadata>;
}

/** From now on `user` needs exactly these objects. Where everything is watched there is nothing to do. */
export function followAssets(
  { secrets, configMaps }: AssetCaches,
  user: string,
  references: readonly ObjectReference[],
): void {
  const namesOf = (kind: ObjectReference['kind']): NamespacedName[] =>
    references.filter((one) => one.kind === kind).map(({ namespace, name }) => ({ namespace, name }));
  if (isPoller(secrets)) secrets.follow(user, namesOf('Secret'));
  if (isPoller(configMaps)) configMaps.follow(user, namesOf('ConfigMap'));
}

/** Objects that are numbered from 0 without a gap: PREFIX0, PREFIX1 … */
export interface Numbered {
  readonly namespace: string;
  readonly prefix: string;
  /** How many there should be. */
  readonly wanted: number;
  /** Where the numbers have gaps: the names that may be too much. */
  readonly names?: readonly string[];
}

/**
 * Finds numbered objects that are left from when there were more. Where nothing may be listed they are asked for by name,
 * from the first one that is too much until there is none; once that was found, not again until another number is wanted.
 */
export class SurplusFinder {
  readonly #clean = new Map<string, number>();
  /** Of names with gaps, those that are known not to be there. */
  readonly #absent = new Map<string, ReadonlySet<string>>();

  /** All objects of the namespace, or those beyond the wanted ones: for whoever looks at the names. */
  async find(cache: Informer<ObjectMetadata>, numbered: Numbered): Promise<readonly ObjectMetadata[]> {
    const { namespace, prefix, wanted, names } = numbered;
    if (!isPoller(cache)) return cache.store.list(namespace);
    if (names !== undefined) return await this.#findNamed(cache, numbered);
    const id = `${cache.type.plural}/${namespace}/${prefix}`;
    if (this.#clean.get(id) === wanted) return [];
    const found: ObjectMetadata[] = [];
    for (let index = wanted; ; index += 1) {
      const object = await cache.look({ namespace, name: `${prefix}${index}` });
      if (object === undefined) break;
      found.push(object);
    }
    if (found.length === 0) this.#clean.set(id, wanted);
    return found;
  }

  /** Each is asked for until it is not there, and again when it was wanted since. */
  async #findNamed(cache: Poller, { namespace, prefix, names = [] }: Numbered): Promise<ObjectMetadata[]> {
    const id = `${cache.type.plural}/${namespace}/${prefix}`;
    const absent = new Set(names.filter((name) => this.#absent.get(id)?.has(name)));
    const found: ObjectMetadata[] = [];
    for (const name of names.filter((one) => !absent.has(one))) {
      const object = await cache.look({ namespace, name });
      if (object === undefined) absent.add(name);
      else found.push(object);
    }
    this.#absent.set(id, absent);
    return found;
  }

  /** For workloads that are gone. */
  forget(namespace: string, prefix: string): void {
    for (const known of [this.#clean, this.#absent])
      for (const id of known.keys()) if (id.includes(`/${namespace}/${prefix}`)) known.delete(id);
  }
}
