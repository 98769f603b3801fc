import { keyOf } from '../../api/meta.ts';
import type { ObjectMetadata } from '../../api/meta.ts';
import type { Informer } from '../../kubernetes/cache/informer.ts';
import type { Applier } from '../../runtime/applier.ts';
import { controllerOf } from '../../core/select/changes.ts';

/**
 * Keys of the workloads of kind `owner` for which an object was written that the cache has in another state, or does not
 * have, in `namespace` ("": in any). To be asked when the cache was filled: no event tells of that.
 */
export function listOutdatedOwners(
  applier: Pick<Applier, 'listKnown'>,
  { type, store }: Pick<Informer<ObjectMetadata>, 'type' | 'store'>,
  { owner, namespace }: { readonly owner: string; readonly namespace: string },
): string[] {
  const outdated = applier.listKnown(type).filter(({ namespace: where = '', name = '', resourceVersion }) => {
    if (namespace !== '' && namespace !== where) return false;
    return store.get(where, name)?.metadata.resourceVersion !== resourceVersion;
  });
  return outdated.flatMap((metadata) => {
    const found = controllerOf({ metadata }, owner);
    return found === undefined ? [] : [keyOf({ metadata: { ...metadata, name: found.name } })];
  });
}
