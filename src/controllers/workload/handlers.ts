import type { KubernetesObject, ObjectMetadata } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import { choiceOf } from '../../core/select/selected-kinds.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';
import type { EventHandler } from '../../kubernetes/cache/handlers.ts';
import { flips, isChosen } from '../../core/select/affected.ts';
import { controllerOf, hasNewGeneration, hasNewLabels, isChanged } from '../../core/select/changes.ts';
import type { GuardKind } from '../../core/render/shared/guard.ts';
import type { WorkloadMetrics } from './metrics.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import { listWatched } from './watches.ts';
import type { WorkloadWatches } from './watches.ts';

export interface HandlerDeps {
  readonly kind: WorkloadKind;
  readonly watches: WorkloadWatches;
  /** False for objects that another operator looks after (`--controller-id`). */
  readonly isOurs: (instance: WorkloadObject) => boolean;
  readonly metrics: WorkloadMetrics;
  /** Something that a sync reads has changed. */
  readonly wakeSync: (key: string) => void;
  /** An object that a sync of `key` wrote has changed, by that sync or by somebody else. */
  readonly wakeOwned: (key: string, change: OwnedChange) => void;
  /** Only what status shows has changed. */
  readonly wakeStatus: (key: string) => void;
  /** Keys of the workloads that refer to the Secret or ConfigMap. */
  readonly usersOf: (reference: { kind: 'Secret' | 'ConfigMap'; namespace: string; name: string }) => readonly string[];
  /** Keys of the workloads whose last sync read or wrote an object that its cache now has in another state. */
  readonly listOutdated: (kind: 'Secret' | 'ConfigMap', namespace: string) => readonly string[];
  /** Keys of workloads to which objects of the kind in the namespace ("": in any) are bound without a reason. */
  readonly listStale: (where: { readonly selected: SelectedKind; readonly namespace: string }) => readonly string[];
  /** Keys of the workloads that wait for a cache to be filled. */
  readonly heldUp: ReadonlySet<string>;
}

type Action = 'add' | 'update' | 'delete';

interface OwnedChange {
  readonly kind: 'Secret' | 'ConfigMap' | 'Service' | GuardKind;
  readonly object: ObjectMetadata;
  readonly action: Action;
}

/**
 * Maps events to keys. Nothing of the event itself is passed on; tombstones are deletes like any other, so what was
 * deleted while a watch was broken is noticed at the relist.
 */
export function addWorkloadHandlers(deps: HandlerDeps): void {
  const { watches } = deps;
  watches.instances.addHandler(handleInstance(deps));
  watches.statefulSets.addHandler(handleSet(deps, 'StatefulSet'));
  watches.daemonSets?.addHandler(handleSet(deps, 'DaemonSet'));
  watches.namespaces.addHandler(handleNamespace(deps));
  watches.secrets.addHandler(handleReferenced(deps, 'Secret'));
  watches.configMaps.addHandler(handleReferenced(deps, 'ConfigMap'));
  watches.services.addHandler(handleService(deps));
  watches.disruptionBudgets?.addHandler(handleGuard(deps, 'PodDisruptionBudget'));
  watches.networkPolicies?.addHandler(handleGuard(deps, 'NetworkPolicy'));
  for (const kind of deps.kind.selects) watches.selected[kind].addHandler(handleSelected(deps, kind));
  wakeOnSync(deps);
}

/** A cache that is filled wakes those that waited for it. */
function wakeOnSync({ watches, heldUp, wakeSync }: HandlerDeps): void {
  for (const informer of listWatched(watches)) {
    informer.addHandler({
      synced: () => {
        for (const key of heldUp) wakeSync(key);
      },
    });
  }
}

function handleInstance({ kind, isOurs, wakeSync, metrics, listStale }: HandlerDeps): EventHandler<WorkloadObject> {
  const wake = (object: WorkloadObject, action: Action): void => {
    metrics.observeTrigger(kind.type.kind, action);
    wakeSync(keyOf(object));
  };
  return {
    add: (object) => {
      if (isOurs(object)) wake(object, 'add');
    },
    update: (previous, current) => {
      // An object that is not ours any more is woken once more, so that what is known of it is forgotten.
      if ((isOurs(current) || isOurs(previous)) && isChanged(previous, current)) wake(current, 'update');
    },
    delete: (object) => wake(object, 'delete'),
    synced: () => {
      for (const selected of kind.selects) for (const key of listStale({ selected, namespace: '' })) wakeSync(key);
    },
  };
}

function handleSet(
  { kind, watches, wakeSync, wakeStatus, metrics }: HandlerDeps,
  setKind: 'StatefulSet' | 'DaemonSet',
): EventHandler<KubernetesObject> {
  const ownerKey = (object: KubernetesObject): string | undefined => {
    const owner = controllerOf(object, kind.type.kind);
    const { namespace = '' } = object.metadata;
    return owner !== undefined && watches.instances.store.get(namespace, owner.name) !== undefined
      ? `${namespace}/${owner.name}`
      : undefined;
  };
  const sync = (object: KubernetesObject, action: Action): void => {
    const key = ownerKey(object);
    if (key === undefined) return;
    metrics.observeTrigger(setKind, action);
    wakeSync(key);
  };
  return {
    add: (object, isInitialList) => {
      // Syncs do not wait for the first list of DaemonSets: one that is left from before may come with it.
      if (!isInitialList || setKind === 'DaemonSet') sync(object, 'add');
    },
    update: (previous, current) => {
      const key = ownerKey(current) ?? ownerKey(previous);
      if (key === undefined) return;
      if (isChanged(previous, current)) sync(current, 'update');
      else wakeStatus(key);
    },
    delete: (object) => sync(object, 'delete'),
  };
}

function listOurs({ watches, isOurs }: HandlerDeps): readonly WorkloadObject[] {
  return watches.instances.store.list().filter(isOurs);
}

function handleNamespace(deps: HandlerDeps): EventHandler<KubernetesObject> {
  const wake = (action: Action, before: KubernetesObject | undefined, after: KubernetesObject | undefined): void => {
    for (const instance of listOurs(deps)) {
      if (
        !flips(
          deps.kind.selects.map((kind) => choiceOf(instance.spec, kind)),
          before?.metadata,
          after?.metadata,
        )
      )
        continue;
      deps.metrics.observeTrigger('Namespace', action);
      deps.wakeSync(keyOf(instance));
    }
  };
  return {
    add: (object, isInitialList) => {
      if (!isInitialList) wake('add', undefined, object);
    },
    update: (previous, current) => {
      if (hasNewLabels(previous, current)) wake('update', previous, current);
    },
    delete: (object) => wake('delete', object, undefined),
  };
}

/** Whatever happens to an object, but what the first list shows of it. */
function onEachVersion(wake: (object: ObjectMetadata, action: Action) => void) {
  return {
    add: (object: ObjectMetadata, isInitialList: boolean) => {
      if (!isInitialList) wake(object, 'add');
    },
    update: (previous: ObjectMetadata, current: ObjectMetadata) => {
      if (previous.metadata.resourceVersion !== current.metadata.resourceVersion) wake(current, 'update');
    },
    delete: (object: ObjectMetadata) => wake(object, 'delete'),
  } satisfies EventHandler<ObjectMetadata>;
}

/** Secrets and ConfigMaps: those that a sync read, found or not, and those that were written by one. */
function handleReferenced(deps: HandlerDeps, kind: 'Secret' | 'ConfigMap'): EventHandler<ObjectMetadata> {
  const wake = (object: ObjectMetadata, action: Action): void => {
    const { namespace = '', name = '' } = object.metadata;
    const owner = controllerOf(object, deps.kind.type.kind);
    if (owner !== undefined) deps.wakeOwned(`${namespace}/${owner.name}`, { kind, object, action });
    for (const key of deps.usersOf({ kind, namespace, name })) {
      deps.metrics.observeTrigger(kind, action);
      deps.wakeSync(key);
    }
  };
  return {
    ...onEachVersion(wake),
    // What a sync read or wrote before the cache was filled may have changed or gone since, and no event tells of that.
    synced: (namespace) => {
      for (const key of deps.listOutdated(kind, namespace)) deps.wakeSync(key);
    },
  };
}

/** The governing Service is shared by all of a namespace, whatever its owner references say after somebody changed it. */
function handleService(deps: HandlerDeps): EventHandler<ObjectMetadata> {
  const { governingService } = deps.kind.names('');
  const wake = (object: ObjectMetadata, action: Action): void => {
    if (object.metadata.name !== governingService) return;
    for (const instance of deps.watches.instances.store.list(object.metadata.namespace).filter(deps.isOurs)) {
      deps.wakeOwned(keyOf(instance), { kind: 'Service', object, action });
    }
  };
  return onEachVersion(wake);
}

/** Syncs do not wait for the first list of guards: one that is left from before may come with it. */
function handleGuard({ kind, wakeOwned }: HandlerDeps, guardKind: GuardKind): EventHandler<ObjectMetadata> {
  const wake = (object: ObjectMetadata, action: Action): void => {
    const owner = controllerOf(object, kind.type.kind);
    const { namespace = '' } = object.metadata;
    if (owner !== undefined) wakeOwned(`${namespace}/${owner.name}`, { kind: guardKind, object, action });
  };
  return { ...onEachVersion(wake), add: (object) => wake(object, 'add') };
}

function handleSelected(deps: HandlerDeps, kind: SelectedKind): EventHandler<KubernetesObject> {
  const namespaceLabels = (name: string) => {
    const namespace = deps.watches.namespaces.store.get('', name);
    return namespace === undefined ? undefined : (namespace.metadata.labels ?? {});
  };
  const wake = (action: Action, ...objects: readonly KubernetesObject[]): void => {
    for (const instance of listOurs(deps)) {
      const choice = choiceOf(instance.spec, kind);
      const { namespace = '' } = instance.metadata;
      const named = deps.kind.listNamed?.(instance.spec) ?? [];
      const isUsed = ({ metadata }: KubernetesObject): boolean =>
        isChosen({ choice, ownNamespace: namespace }, metadata, namespaceLabels) ||
        (metadata.namespace === namespace && named.some((one) => one.kind === kind && one.name === metadata.name));
      if (!objects.some(isUsed)) continue;
      deps.metrics.observeTrigger(kind, action);
      deps.wakeSync(keyOf(instance));
    }
  };
  return {
    add: (object, isInitialList) => {
      if (!isInitialList) wake('add', object);
    },
    update: (previous, current) => {
      if (hasNewGeneration(previous, current) || hasNewLabels(previous, current)) wake('update', previous, current);
    },
    delete: (object) => wake('delete', object),
    synced: (namespace) => {
      for (const key of deps.listStale({ selected: kind, namespace })) deps.wakeSync(key);
    },
  };
}
