import type { AnyInformer } from '../../controllers/workload/watches.ts';
import type { Clock } from '../../base/clock.ts';
import type { AssetAnswer, ObjectsAnswer } from '../../core/explain/questions.ts';
import type { AccessAnswer } from '../../core/explain/rbac.ts';
import type { Gatherer } from '../explain/answer.ts';
import { Readings } from '../explain/readings.ts';
import { assetFreshMs, discoveredFreshMs } from '../limits.ts';
import { readLocalCache } from './local-caches.ts';

/**
 * Answers from caches where there is one of the type, else as `live` does: at most every ten seconds for lists, and every
 * minute for each Secret, ConfigMap and right of a ServiceAccount. Running programs are asked each time.
 */
export function createLocalGatherer(
  live: Gatherer,
  { caches, clock }: { readonly caches: readonly AnyInformer[]; readonly clock: Clock },
): Gatherer {
  const lists = new Readings<ObjectsAnswer>({ clock, freshMs: discoveredFreshMs });
  const assets = new Readings<AssetAnswer>({ clock, freshMs: assetFreshMs });
  const rights = new Readings<AccessAnswer>({ clock, freshMs: assetFreshMs });
  return {
    ...live,
    objects: (type) => {
      const cache = caches.find((one) => one.type.group === type.group && one.type.plural === type.plural);
      if (cache !== undefined) return Promise.resolve(readLocalCache(cache));
      return lists.read(`${type.plural}.${type.group}`, () => live.objects(type));
    },
    assets: (reference) => assets.read(JSON.stringify(reference), () => live.assets(reference)),
    access: (question) => rights.read(JSON.stringify(question), () => live.access(question)),
  };
}
