import type { KubernetesObject } from '../../api/meta.ts';
import type { EventHandler } from '../../kubernetes/cache/handlers.ts';
import type { HandlerRegistration } from '../../kubernetes/cache/informer.ts';
import type { Lister } from '../../kubernetes/cache/lister.ts';
import { parseLabelSelector } from '../../core/selectors/label-query.ts';
import type { InformerLease, InformerReport, InformerRequest, InformerSource, LentInformer } from './informer-pool.ts';
import { listAllIndexers } from './role-informers.ts';

/** A borrower of part of a wide informer, as that informer's events are handed to it. */
interface Part<T extends KubernetesObject> {
  readonly matches: (object: T) => boolean;
  readonly handler: EventHandler<T>;
}

/** An informer of all namespaces that hands each event to those parts alone whose namespace it is of. */
class WideInformer<T extends KubernetesObject> {
  readonly informer: LentInformer<T>;
  readonly #parts = new Map<string, Set<Part<T>>>();

  constructor(informer: LentInformer<T>) {
    this.informer = informer;
    informer.addHandler({
      add: (object, isInitialList) => {
        for (const { handler, matches } of this.#listParts(object))
          if (matches(object)) handler.add?.(object, isInitialList);
      },
      update: (previous, current) => {
        for (const part of this.#listParts(current)) update(part, previous, current);
      },
      delete: (object, tombstone) => {
        for (const { handler, matches } of this.#listParts(object))
          if (matches(object)) handler.delete?.(object, tombstone);
      },
    });
  }

  /** Those of the object's namespace, and those of all. */
  #listParts({ metadata: { namespace = '' } }: T): Part<T>[] {
    const all = this.#parts.get('') ?? [];
    return namespace === '' ? [...all] : [...all, ...(this.#parts.get(namespace) ?? [])];
  }

  add(namespace: string, part: Part<T>): HandlerRegistration {
    for (const object of this.informer.store.list(namespace === '' ? undefined : namespace))
      if (part.matches(object)) part.handler.add?.(object, true);
    const parts = this.#parts.get(namespace) ?? new Set();
    this.#parts.set(namespace, parts.add(part));
    return {
      hasSynced: () => this.informer.hasSynced(),
      remove: () => {
        parts.delete(part);
        if (parts.size === 0) this.#parts.delete(namespace);
      },
    };
  }
}

/** An object whose labels change may come into a part, or go out of it. */
function update<T extends KubernetesObject>({ handler, matches }: Part<T>, previous: T, current: T): void {
  const [was, is] = [matches(previous), matches(current)];
  if (was && is) handler.update?.(previous, current);
  else if (is) handler.add?.(current, false);
  else if (was) handler.delete?.(previous, false);
}

interface SharedWide {
  readonly wide: WideInformer<KubernetesObject>;
  readonly lease: { release(): void };
  loans: number;
}

/**
 * Lends parts of informers that see all namespaces: however many namespaces and label selectors are asked for, the API server has one
 * list and one watch for each type. Requests with a field selector have informers of their own.
 */
export class WideInformerPool implements InformerSource {
  readonly #source: InformerSource;
  readonly #shared = new Map<string, SharedWide>();

  /** @param source where the wide informers are borrowed. */
  constructor(source: InformerSource) {
    this.#source = source;
  }

  report(): readonly InformerReport[] {
    return this.#source.report();
  }

  acquire<T extends KubernetesObject>(request: InformerRequest<T>): InformerLease<T> {
    if (request.fieldSelector !== '') return this.#source.acquire(request);
    const { type } = request;
    const key = `${type.group}/${type.plural}`;
    const shared = this.#shared.get(key) ?? this.#start(key, request);
    shared.loans += 1;
    let isReleased = false;
    return {
      // The key is the type, and the type decides what the objects are.
      informer: cutPart(shared.wide as unknown as WideInformer<T>, request),
      release: () => {
        if (isReleased) return;
        isReleased = true;
        shared.loans -= 1;
        if (shared.loans > 0) return;
        this.#shared.delete(key);
        shared.lease.release();
      },
    };
  }

  #start<T extends KubernetesObject>(key: string, { type }: InformerRequest<T>): SharedWide {
    const indexers = listAllIndexers<KubernetesObject>(type);
    const lease = this.#source.acquire({ type, namespace: '', labelSelector: '', fieldSelector: '', indexers });
    const shared = { wide: new WideInformer(lease.informer), lease, loans: 0 };
    this.#shared.set(key, shared);
    return shared;
  }
}

function cutPart<T extends KubernetesObject>(
  wide: WideInformer<T>,
  { namespace, labelSelector }: InformerRequest<T>,
): LentInformer<T> {
  const { informer } = wide;
  const hasLabels = labelSelector === '' ? () => true : parseLabelSelector(labelSelector);
  const matches = ({ metadata }: T): boolean => hasLabels(metadata.labels ?? {});
  const isInside = (object: T): boolean =>
    (namespace === '' || object.metadata.namespace === namespace) && matches(object);
  const { store } = informer;
  const part: Lister<T> = {
    list: (within) => store.list(within ?? (namespace === '' ? undefined : namespace)).filter(isInside),
    get: (within, name) => {
      const found = store.get(within, name);
      return found !== undefined && isInside(found) ? found : undefined;
    },
    byIndex: (index, value) => store.byIndex(index, value).filter(isInside),
  };
  return {
    type: informer.type,
    store: part,
    addHandler: (handler) => wide.add(namespace, { matches, handler }),
    hasSynced: () => informer.hasSynced(),
    health: () => informer.health(),
  };
}
