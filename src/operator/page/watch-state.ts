import type { CacheHealth } from '../../controllers/workload/controller.ts';
import type { PageState } from '../../web/page/page-event.ts';
import { nameCache } from '../health.ts';
import { behindMs, silentWatchMs } from '../limits.ts';

/**
 * Whether the caches have what the cluster has, as far as the operator can know.
 * @param now milliseconds since 1970.
 */
export function describeWatches(caches: readonly CacheHealth[], now: number): PageState {
  if (caches.length === 0) return { state: 'starting', message: 'The API server was not reached yet' };
  const filling = caches.filter(({ health }) => !health.settled).map(nameCache);
  if (filling.length > 0) return { state: 'starting', message: `Not read yet: ${filling.join(', ')}` };
  const behind = caches.filter((cache) => isBehind(cache, now)).map(nameCache);
  if (behind.length === 0) return { state: 'live', message: 'All watches are up to date' };
  return { state: 'behind', message: `May be out of date, since watches fail: ${behind.join(', ')}` };
}

/** A server that says no is no delay: what it refuses is not shown at all. */
function isBehind({ health }: CacheHealth, now: number): boolean {
  const { failingSince = now, quietSince = now, refusals } = health;
  return refusals.length === 0 && (now - failingSince >= behindMs || now - quietSince >= silentWatchMs);
}
