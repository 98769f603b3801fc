import type { CacheHealth } from '../controllers/workload/controller.ts';
import type { HealthCheck } from '../web/app.ts';
import { stuckMs } from './limits.ts';

/** "secrets", "prometheuses.monitoring.coreos.com". */
export function nameCache({ type }: CacheHealth): string {
  return type.group === '' ? type.plural : `${type.plural}.${type.group}`;
}

/** `/readyz`: every cache is filled, or the server refuses it (then what needs it says so in its status). */
export function checkReadiness(caches: readonly CacheHealth[]): HealthCheck[] {
  return caches.map((cache) => {
    const { synced, settled, refusals, lastError } = cache.health;
    if (synced) return { name: nameCache(cache), ok: true, message: 'filled' };
    const why = refusals[0]?.message ?? lastError ?? 'being listed';
    return {
      name: nameCache(cache),
      ok: settled,
      message: settled ? `refused, done without: ${why}` : `not filled: ${why}`,
    };
  });
}

/** Why the server itself said no, what failed last, or nothing. */
const explain = ({ refusals, lastError }: CacheHealth['health']): string => refusals[0]?.message ?? lastError ?? '';

/**
 * `/healthz`: every cache that could be filled heard of the API server (an event, a bookmark, a list) within the last
 * quarter of an hour. Bookmarks come every minute, so a longer silence means a watch that only a restart mends. A server
 * that says no is no reason to restart.
 */
export function checkLiveness(caches: readonly CacheHealth[], now: number): HealthCheck[] {
  return caches.map((cache) => {
    const { failingSince, quietSince, refusals } = cache.health;
    const since = Math.min(failingSince ?? now, quietSince ?? now);
    const silentMs = now - since;
    const seconds = Math.round(silentMs / 1000);
    const ok = silentMs < stuckMs || refusals.length > 0;
    const trouble = failingSince === undefined ? `silent for ${seconds} s` : `failing for ${seconds} s`;
    const why = explain(cache.health);
    const isWell = ok && why === '' && failingSince === undefined;
    const message = isWell ? `heard of ${seconds} s ago` : `${trouble}${why === '' ? '' : `: ${why}`}`;
    return { name: nameCache(cache), ok, message };
  });
}
