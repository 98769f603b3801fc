import { keyOf, splitKey } from '../../api/meta.ts';
import type { NamespacedName } from '../../api/meta.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';
import type { WorkloadKind } from '../../core/kinds/kind.ts';
import { listUsedKinds } from '../../core/kinds/readiness.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { Bound } from './bindings.ts';
import type { WorkloadWatches } from './watches.ts';

/**
 * Keys of workloads of the kind to which objects of `selected` in `namespace` ("": in any) are bound without a reason: they are
 * gone, or use no objects of that kind. To be asked when a cache was filled: no event tells of it where such a workload
 * was deleted or edited while the objects could not be listed, or lost its finalizer to somebody else.
 */
export function listStale(
  kind: WorkloadKind,
  watches: Pick<WorkloadWatches, 'instances' | 'selected'>,
  { selected, namespace }: { readonly selected: SelectedKind; readonly namespace: string },
): string[] {
  const { instances } = watches;
  if (!instances.hasSynced()) return [];
  const objects: readonly Bound[] = watches.selected[selected].store.list(namespace === '' ? undefined : namespace);
  const bound = objects.flatMap(({ status }) => status?.bindings ?? []);
  const ours = bound.filter((one) => one.resource === kind.resource && instances.covers(one.namespace));
  const isUser = (key: string): boolean => {
    const { namespace: own, name } = splitKey(key);
    const instance = instances.store.get(own, name);
    return instance !== undefined && listUsedKinds(kind, instance).some((used) => used.selected === selected);
  };
  return [...new Set(ours.map((metadata) => keyOf({ metadata })))].filter((key) => !isUser(key));
}

/**
 * Whether there is no such workload, whatever the cache says: it may be late, or not hold those with other labels.
 * @throws {ApiError | TransportError}
 */
export async function isGone(
  client: Pick<KubernetesClient, 'list'>,
  { type }: Pick<WorkloadKind, 'type'>,
  { namespace, name }: NamespacedName,
): Promise<boolean> {
  // A list of one: the operator may list workloads, but not get them.
  const { items } = await client.list(type, { namespace, fieldSelector: `metadata.name=${name}` });
  return items.length === 0;
}
