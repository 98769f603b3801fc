import type { KubernetesObject } from '../../../../src/api/meta.ts';
import type { KubernetesClient, WatchEvent, WatchOptions } from '../../../../src/kubernetes/client/client.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
import type { Lease, LeaseSpec } from '../../../../src/kubernetes/leader-election/lease-lock.ts';

/** One Lease, with the API server's rules: one creation, and updates only of the newest state. */
export class FakeLeases {
  lease: Lease | undefined;
  writes = 0;
  readonly #watchers = new Set<() => void>();
  #version = 0;

  get spec(): LeaseSpec {
    return this.lease?.spec ?? {};
  }

  /** A client whose requests can be made to fail or to hang. */
  connect(): FakeLeaseClient {
    return new FakeLeaseClient(this);
  }

  create(lease: Lease): Lease {
    if (this.lease !== undefined) throw conflict('AlreadyExists');
    return this.#store(lease);
  }

  update(lease: Lease): Lease {
    if (this.lease === undefined) throw new ApiError({ status: 404, reason: 'NotFound', message: 'no lease' });
    if (lease.metadata.resourceVersion !== this.lease.metadata.resourceVersion) throw conflict('Conflict');
    return this.#store(lease);
  }

  /** Calls `onWrite` after each write, until the returned function is called. */
  observe(onWrite: () => void): () => void {
    this.#watchers.add(onWrite);
    return () => this.#watchers.delete(onWrite);
  }

  /** Somebody else's write. */
  meddle(change: (lease: Lease) => void): void {
    const lease = structuredClone(this.lease ?? { metadata: {} });
    change(lease);
    this.#store(lease);
  }

  #store(lease: Lease): Lease {
    this.#version += 1;
    this.writes += 1;
    this.lease = structuredClone(lease);
    this.lease.metadata.resourceVersion = String(this.#version);
    for (const tell of this.#watchers) tell();
    return structuredClone(this.lease);
  }
}

function forbidden(): ApiError {
  return new ApiError({ status: 403, reason: 'Forbidden', message: 'you may not watch leases' });
}

function conflict(reason: string): ApiError {
  return new ApiError({ status: 409, reason, message: reason });
}

export class FakeLeaseClient implements KubernetesClient {
  readonly #leases: FakeLeases;
  /** Thrown instead of an answer while set. */
  failure: Error | undefined;
  /** Writes are carried out, but their answers get lost. */
  loseAnswers = false;
  hanging = false;
  readonly calls: string[] = [];

  constructor(leases: FakeLeases) {
    this.#leases = leases;
  }

  get<T extends KubernetesObject>(
    _type: unknown,
    _name: unknown,
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<T> {
    return this.#answer('get', options.signal, () => {
      const { lease } = this.#leases;
      if (lease === undefined) throw new ApiError({ status: 404, reason: 'NotFound', message: 'no lease' });
      return structuredClone(lease);
    }) as Promise<unknown> as Promise<T>;
  }

  create<T extends KubernetesObject>(
    _type: unknown,
    object: T,
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<T> {
    return this.#answer('create', options.signal, () => this.#leases.create(object)) as Promise<unknown> as Promise<T>;
  }

  update<T extends KubernetesObject>(
    _type: unknown,
    object: T,
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<T> {
    return this.#answer('update', options.signal, () => this.#leases.update(object)) as Promise<unknown> as Promise<T>;
  }

  /** Watching is refused while unset, as by a Role without the verb. */
  mayWatch = false;

  patch = unscripted;
  delete = unscripted;
  raw = unscripted;
  close = unscripted;

  list(): Promise<never> {
    return Promise.reject(forbidden());
  }

  /** WatchList: what there is, the end of that, then every write. */
  async *watch<T extends KubernetesObject>(_type: unknown, options: WatchOptions): AsyncGenerator<WatchEvent<T>> {
    const { signal } = options;
    if (!this.mayWatch) throw forbidden();
    options.onOpen?.();
    const states: (Lease | undefined)[] = [this.#leases.lease];
    let tell = (): void => undefined;
    const ended = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
    const forget = this.#leases.observe(() => {
      states.push(structuredClone(this.#leases.lease));
      tell();
    });
    const end = { metadata: { resourceVersion: '0', annotations: { 'k8s.io/initial-events-end': 'true' } } };
    try {
      for (let isFirst = true; signal?.aborted !== true; isFirst = false) {
        const lease = states.shift();
        if (lease !== undefined) yield { type: isFirst ? 'ADDED' : 'MODIFIED', object: lease as KubernetesObject as T };
        if (isFirst) yield { type: 'BOOKMARK', object: end as KubernetesObject as T };
        if (states.length === 0) await Promise.race([new Promise<void>((resolve) => (tell = resolve)), ended]);
      }
    } finally {
      forget();
    }
  }

  async #answer(call: string, signal: AbortSignal | undefined, act: () => Lease): Promise<Lease> {
    this.calls.push(call);
    await Promise.resolve();
    signal?.throwIfAborted();
    if (this.failure !== undefined) throw this.failure;
    if (!this.hanging) {
      const lease = act();
      if (!this.loseAnswers || call === 'get') return lease;
    }
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  }
}

function unscripted(): Promise<never> {
  return Promise.reject(new TypeError('Elections only get, create and update'));
}
