import { keyOf } from '../../../src/api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { ApiError, TransportError } from '../../../src/kubernetes/client/errors.ts';
import type {
  KubernetesClient,
  ListOptions,
  ObjectList,
  WatchEvent,
  WatchOptions,
} from '../../../src/kubernetes/client/client.ts';

type ReadClient = Pick<KubernetesClient, 'list' | 'watch'>;

interface Change {
  readonly plural: string;
  readonly version: number;
  readonly event: WatchEvent;
}

/** An API server's lists and watches over objects in memory: enough for informers. Label selectors are `key=value` only. */
export class MemoryApi {
  readonly #objects = new Map<string, Map<string, KubernetesObject>>();
  readonly #changes: Change[] = [];
  #version = 0;
  #wake = new Set<() => void>();
  /** Plural names of what may not be read. */
  readonly forbidden = new Set<string>();
  #isAway = false;

  /** Nobody is answered any more, and watches break; or all is well again. */
  set away(isAway: boolean) {
    this.#isAway = isAway;
    for (const wake of this.#wake) wake();
  }

  /** Creates or replaces. */
  put(plural: string, object: KubernetesObject): void {
    const known = this.#ofType(plural);
    const key = keyOf(object);
    const version = (this.#version += 1);
    const uid = object.metadata.uid ?? known.get(key)?.metadata.uid ?? `uid-${version}`;
    const stored = structuredClone(object);
    Object.assign(stored.metadata, { uid, resourceVersion: String(version) });
    this.#record(plural, { type: known.has(key) ? 'MODIFIED' : 'ADDED', object: stored });
    known.set(key, stored);
  }

  delete(plural: string, key: string): void {
    const object = this.#ofType(plural).get(key);
    if (object === undefined) return;
    this.#ofType(plural).delete(key);
    this.#version += 1;
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    this.#record(plural, { type: 'DELETED', object: last });
  }

  get client(): KubernetesClient {
    const client: ReadClient = {
      list: <T extends KubernetesObject>(type: ResourceType, options: ListOptions = {}) =>
        Promise.resolve().then(() => this.#list<T>(type, options)),
      watch: <T extends KubernetesObject>(type: ResourceType, options: WatchOptions) => this.#watch<T>(type, options),
    };
    return client as KubernetesClient;
  }

  #ofType(plural: string): Map<string, KubernetesObject> {
    const known = this.#objects.get(plural) ?? new Map<string, KubernetesObject>();
    this.#objects.set(plural, known);
    return known;
  }

  #record(plural: string, event: WatchEvent): void {
    this.#changes.push({ plural, version: this.#version, event });
    for (const wake of this.#wake) wake();
  }

  #refuse({ plural }: ResourceType): void {
    if (this.#isAway) throw new TransportError('connect ECONNREFUSED', 'refused');
    if (!this.forbidden.has(plural)) return;
    throw new ApiError({ status: 403, reason: 'Forbidden', message: `${plural} is forbidden` });
  }

  #list<T extends KubernetesObject>(type: ResourceType, options: ListOptions): ObjectList<T> {
    this.#refuse(type);
    const items = [...this.#ofType(type.plural).values()].filter((object) => matches(object, options));
    return { items: structuredClone(items) as T[], metadata: { resourceVersion: String(this.#version) } };
  }

  async *#watch<T extends KubernetesObject>(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    this.#refuse(type);
    if (options.sendInitialEvents === true)
      throw new ApiError({ status: 422, reason: 'Invalid', message: 'sendInitialEvents is not supported' });
    options.onOpen?.();
    let at = this.#changes.findIndex(({ version }) => version > Number(options.resourceVersion ?? 0));
    if (at < 0) at = this.#changes.length;
    while (options.signal?.aborted !== true) {
      for (; at < this.#changes.length; at += 1) {
        const change = this.#changes[at];
        if (change?.plural === type.plural && matches(change.event.object, options))
          yield structuredClone(change.event) as WatchEvent<T>;
      }
      await this.#change(options.signal);
      this.#refuse(type);
    }
    throw options.signal.reason;
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}

function matches({ metadata }: KubernetesObject, { namespace = '', labelSelector = '' }: ListOptions): boolean {
  if (namespace !== '' && metadata.namespace !== namespace) return false;
  const [key = '', value] = labelSelector.split('=');
  return labelSelector === '' || metadata.labels?.[key] === value;
}
