import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { PodObject, Role } from '../../core/targets/groups/discovered-objects.ts';
import type { EventHandler } from '../../kubernetes/cache/handlers.ts';
import type { LentInformer } from './informer-pool.ts';
import type { DiscoveryMetrics } from '../metrics.ts';
import type { RoleInformers } from './role-informers.ts';

/** Registers handlers, so that all of them can be taken away together. */
class Registrations {
  readonly #all: { remove(): void }[] = [];

  add<T extends KubernetesObject>(informer: LentInformer<T> | undefined, handler: EventHandler<T>): void {
    if (informer !== undefined) this.#all.push(informer.addHandler(handler));
  }

  /** The same for every event. */
  onAny<T extends KubernetesObject>(informer: LentInformer<T> | undefined, handle: (object: T) => void): void {
    this.add(informer, { add: handle, update: (_, current) => handle(current), delete: handle });
  }

  remove(): void {
    for (const one of this.#all) one.remove();
  }
}

export interface RoleHandlersOptions<R extends Role> {
  readonly role: R;
  readonly informers: RoleInformers<R>;
  readonly metrics: DiscoveryMetrics;
  /** Asks for the group of the object with that key to be built anew. */
  readonly enqueue: (key: string) => void;
}

/** Which change builds which group anew (docs/reference/discovery.md 2.9). Gives what takes all handlers away. */
export function watchRole<R extends Role>(options: RoleHandlersOptions<R>): { remove(): void } {
  const { role, informers, enqueue } = options;
  const { main, nodes, namespaces, replicaSets, jobs } = informers;
  const registrations = new Registrations();
  const enqueueAll = (objects: readonly KubernetesObject[]): void => {
    for (const object of objects) enqueue(keyOf(object));
  };
  registrations.add(main, countEvents(options, role, enqueue));
  registrations.onAny(nodes, ({ metadata }) => enqueueAll(main.store.byIndex('node', metadata.name ?? '')));
  registrations.add(namespaces, {
    update: (_, { metadata }) => enqueueAll(main.store.list(metadata.name ?? '')),
  });
  if (role === 'pod') {
    registrations.onAny(replicaSets, (owner) => enqueueAll(main.store.byIndex('replicaSet', keyOf(owner))));
    registrations.onAny(jobs, (owner) => enqueueAll(main.store.byIndex('job', keyOf(owner))));
  }
  watchBacking(options, registrations, enqueueAll);
  return registrations;
}

/** What stands behind endpoints: their service, and for Endpoints the phase of their pods. */
function watchBacking<R extends Role>(
  options: RoleHandlersOptions<R>,
  registrations: Registrations,
  enqueueAll: (objects: readonly KubernetesObject[]) => void,
): void {
  const { role, informers, metrics } = options;
  const { main, services, pods } = informers;
  const findOfService = (key: string): readonly KubernetesObject[] => {
    if (role === 'endpointslice') return main.store.byIndex('service', key);
    const [namespace = '', name = ''] = key.split('/');
    const endpoints = main.store.get(namespace, name);
    return endpoints === undefined ? [] : [endpoints];
  };
  registrations.add(
    services,
    countEvents(options, 'service', (key) => enqueueAll(findOfService(key))),
  );
  if (role !== 'endpoints') return;
  registrations.add(pods, {
    update: (previous: PodObject, current: PodObject) => {
      metrics.countKubernetesEvent('pod', 'update');
      if (previous.status?.phase !== current.status?.phase) enqueueAll(main.store.byIndex('pod', keyOf(current)));
    },
  });
}

function countEvents<R extends Role>(
  { metrics }: RoleHandlersOptions<R>,
  counted: Role,
  handle: (key: string) => void,
): EventHandler<KubernetesObject> {
  const count = (event: 'add' | 'update' | 'delete', object: KubernetesObject): void => {
    metrics.countKubernetesEvent(counted, event);
    handle(keyOf(object));
  };
  return {
    add: (object) => count('add', object),
    update: (_, current) => count('update', current),
    delete: (object) => count('delete', object),
  };
}
