import { namespaceType } from '../../api/builtin-types.ts';
import { customKinds } from '../../api/kinds.ts';
import type { ResourceType } from '../../api/meta.ts';
import type { CacheHealth } from '../../controllers/workload/controller.ts';
import type { AnyInformer, InformerParts } from '../../controllers/workload/watches.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { ObjectsAnswer } from '../../core/explain/questions.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';

/** What is followed for the page of one person: every kind of ours, and Namespaces. */
export const followedTypes: readonly ResourceType[] = [...customKinds.map(({ type }) => type), namespaceType];

/** Caches of all of it; nothing is asked for before they run. @param names of the namespaces to read; none: all */
export function createLocalCaches(names: readonly string[], parts: InformerParts): AnyInformer[] {
  const scope = names.length > 0 ? ({ kind: 'namespaces', names } as const) : undefined;
  return followedTypes.map((type) => createInformer({ ...parts, type, scope }));
}

/** How each of them is. */
export const listHealth = (caches: readonly AnyInformer[]): CacheHealth[] =>
  caches.map((cache) => ({ type: cache.type, health: cache.health() }));

/** What a cache holds, and which of its lists or watches the API server refuses. */
export function readLocalCache(cache: AnyInformer): ObjectsAnswer {
  const { type, store } = cache;
  const refusals = cache.health().refusals.map(({ status, namespace }): Refusal => ({
    ...{ verb: 'list', type, namespace },
    why: status === 404 ? 'absent' : 'forbidden',
  }));
  return { found: store, refusals };
}
