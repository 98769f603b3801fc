import { keyOf } from '../../api/meta.ts';
import type { NamespacedName } from '../../api/meta.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';
import type { WorkloadKind } from '../../core/kinds/kind.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { Bound } from './bindings.ts';
import type { WorkloadWatches } from './watches.ts';

/**
 * Keys of workloads of the kind to which objects of `selected` in `namespace` ("": in any) are bound, and of which the cache
 * knows nothing. To be asked when a cache was filled: one that was deleted while its objects could not be listed, or by
 * somebody who took its finalizer away, left its bindings behind, and no event will tell of that.
 */
export function listGone(
  { resource }: Pick<WorkloadKind, 'resource'>,
  watches: Pick<WorkloadWatches, 'instances' | 'selected'>,
  { selected, namespace }: { readonly selected: SelectedKind; readonly namespace: string },
): string[] {
  const { instances } = watches;
  if (!instances.hasSynced()) return [];
  const objects: readonly Bound[] = watches.selected[selected].store.list(namespace === '' ? undefined : namespace);
  const bound = objects.flatMap(({ status }) => status?.bindings ?? []);
  const gone = bound.filter(
    (one) =>
      one.resource === resource &&
      instances.covers(one.namespace) &&
      instances.store.get(one.namespace, one.name) === undefined,
  );
  return [...new Set(gone.map((metadata) => keyOf({ metadata })))];
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
