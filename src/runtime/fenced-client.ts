import type { KubernetesObject, NamespacedName, ResourceType } from '../api/meta.ts';
import type {
  DeleteOptions,
  GetOptions,
  KubernetesClient,
  ListOptions,
  ObjectList,
  Patch,
  RawRequest,
  WatchEvent,
  WatchOptions,
  WriteOptions,
} from '../kubernetes/client/client.ts';

/**
 * A client whose writes ask the fence right before they are sent, each repetition too: a write that waited for the
 * throttle, for credentials or for a Retry-After is not sent after the lease was lost. Reads pass.
 */
export class FencedClient implements KubernetesClient {
  readonly #inner: KubernetesClient;
  readonly #beforeSend: () => void;

  /** @param fence throws when writing is not allowed (any more); requests reject with what it throws. */
  constructor(inner: KubernetesClient, fence: () => void) {
    this.#inner = inner;
    this.#beforeSend = fence;
  }

  get<T extends KubernetesObject>(type: ResourceType, name: NamespacedName, options?: GetOptions): Promise<T> {
    return this.#inner.get(type, name, options);
  }

  list<T extends KubernetesObject>(type: ResourceType, options?: ListOptions): Promise<ObjectList<T>> {
    return this.#inner.list(type, options);
  }

  watch<T extends KubernetesObject>(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    return this.#inner.watch(type, options);
  }

  create<T extends KubernetesObject>(type: ResourceType, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#inner.create(type, object, { ...options, beforeSend: this.#beforeSend });
  }

  update<T extends KubernetesObject>(type: ResourceType, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#inner.update(type, object, { ...options, beforeSend: this.#beforeSend });
  }

  patch<T extends KubernetesObject>(type: ResourceType, name: NamespacedName, patch: Patch): Promise<T> {
    return this.#inner.patch(type, name, { ...patch, beforeSend: this.#beforeSend });
  }

  delete(type: ResourceType, name: NamespacedName, options: DeleteOptions = {}): Promise<void> {
    return this.#inner.delete(type, name, { ...options, beforeSend: this.#beforeSend });
  }

  raw(request: RawRequest): Promise<{ status: number; body: unknown }> {
    return this.#inner.raw(request);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
