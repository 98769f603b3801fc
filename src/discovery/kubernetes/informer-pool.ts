import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Indexer } from '../../kubernetes/cache/indexer.ts';
import type { Informer, InformerHealth, InformerOptions } from '../../kubernetes/cache/informer.ts';
import { chooseTrim } from './trim.ts';

/** What an informer is needed for. Indexes of one name must be the same wherever the type is the same. */
export interface InformerRequest<T extends KubernetesObject> {
  readonly type: ResourceType;
  /** "" for all. */
  readonly namespace: string;
  readonly labelSelector: string;
  readonly fieldSelector: string;
  readonly indexers: Readonly<Record<string, Indexer<T>>>;
}

/** What borrowers see of an informer: it runs already. */
export type LentInformer<T extends KubernetesObject> = Omit<Informer<T>, 'run' | 'covers'>;

/** An informer on loan; it stops when the last loan is given back. */
export interface InformerLease<T extends KubernetesObject> {
  readonly informer: LentInformer<T>;
  release(): void;
}

/** Where discovery borrows informers of one API server. */
export interface InformerSource {
  acquire<T extends KubernetesObject>(request: InformerRequest<T>): InformerLease<T>;
  /** How each informer does: a refusal is why a job has no targets (docs/reference/discovery.md 2.8). */
  report(): readonly InformerReport[];
}

type Requested = 'type' | 'scope' | 'labelSelector' | 'fieldSelector' | 'indexers' | 'transform' | 'keepLastApplied';

/** Makes the informers of one API server; `createInformer` with a client, a clock and so on. */
export type InformerFactory = <T extends KubernetesObject>(options: Pick<InformerOptions<T>, Requested>) => Informer<T>;

/** What an informer was asked for, and how it does. */
export interface InformerReport {
  readonly type: ResourceType;
  /** "" for all. */
  readonly namespace: string;
  readonly labelSelector: string;
  readonly fieldSelector: string;
  readonly health: InformerHealth;
}

interface SharedInformer {
  readonly request: Omit<InformerRequest<never>, 'indexers'>;
  readonly informer: Informer<KubernetesObject>;
  readonly abort: AbortController;
  loans: number;
}

/** Lends informers: equal requests share one, whichever jobs they come from. */
export class InformerPool implements InformerSource {
  readonly #create: InformerFactory;
  readonly #onEnd: (error: unknown) => void;
  readonly #shared = new Map<string, SharedInformer>();

  /** @param onEnd told when an informer ends by itself, which is a programming error. */
  constructor(create: InformerFactory, onEnd: (error: unknown) => void) {
    this.#create = create;
    this.#onEnd = onEnd;
  }

  /** Number of informers that run. */
  get size(): number {
    return this.#shared.size;
  }

  report(): readonly InformerReport[] {
    return [...this.#shared.values()].map(({ request, informer }) => ({ ...request, health: informer.health() }));
  }

  acquire<T extends KubernetesObject>(request: InformerRequest<T>): InformerLease<T> {
    const key = describeRequest(request);
    const shared = this.#shared.get(key) ?? this.#start(key, request);
    shared.loans += 1;
    let isReleased = false;
    return {
      // The key holds the type, and the type decides what the objects are.
      informer: shared.informer as unknown as Informer<T>,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#release(key, shared);
      },
    };
  }

  #start<T extends KubernetesObject>(key: string, request: InformerRequest<T>): SharedInformer {
    const { type, namespace, labelSelector, fieldSelector, indexers } = request;
    const informer = this.#create<T>({
      type,
      scope: namespace === '' ? undefined : { kind: 'namespaces', names: [namespace] },
      labelSelector,
      fieldSelector,
      indexers,
      transform: chooseTrim<T>(type),
      // Every annotation is a meta label, this one too.
      keepLastApplied: true,
    });
    const abort = new AbortController();
    const shared = {
      request: { type, namespace, labelSelector, fieldSelector },
      informer: informer as unknown as Informer<KubernetesObject>,
      abort,
      loans: 0,
    };
    this.#shared.set(key, shared);
    informer.run(abort.signal).catch((error: unknown) => this.#onEnd(error));
    return shared;
  }

  #release(key: string, shared: SharedInformer): void {
    shared.loans -= 1;
    if (shared.loans > 0) return;
    shared.abort.abort();
    this.#shared.delete(key);
  }
}

function describeRequest<T extends KubernetesObject>(request: InformerRequest<T>): string {
  const { type, namespace, labelSelector, fieldSelector, indexers } = request;
  const indexes = Object.keys(indexers).sort();
  return JSON.stringify([type.group, type.plural, namespace, labelSelector, fieldSelector, indexes]);
}
