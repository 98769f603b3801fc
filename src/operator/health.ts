import type { CacheHealth } from '../controllers/prometheus/controller.ts';
import type { HealthCheck } from '../web/app.ts';

/** A watch that failed for longer than this may be stuck in a way that only a restart mends. */
const silentTooLongMs = 15 * 60_000;

const nameOf = ({ type }: CacheHealth): string => (type.group === '' ? type.plural : `${type.plural}.${type.group}`);

/** `/readyz`: every cache is filled, or the server refuses it (then what needs it says so in its status). */
export function checkReadiness(caches: readonly CacheHealth[]): HealthCheck[] {
  return caches.map((cache) => {
    const { synced, settled, refusals, lastError } = cache.health;
    if (synced) return { name: nameOf(cache), ok: true, message: 'filled' };
    const why = refusals[0]?.message ?? lastError ?? 'being listed';
    return {
      name: nameOf(cache),
      ok: settled,
      message: settled ? `refused, done without: ${why}` : `not filled: ${why}`,
    };
  });
}

/** `/healthz`: no watch has been failing for a quarter of an hour without the server having said no. */
export function checkLiveness(caches: readonly CacheHealth[], now: number): HealthCheck[] {
  return caches.map((cache) => {
    const { failingSince, lastError = '', refusals } = cache.health;
    const failingMs = failingSince === undefined ? 0 : now - failingSince;
    const ok = failingMs < silentTooLongMs || refusals.length > 0;
    return {
      name: nameOf(cache),
      ok,
      message: failingMs === 0 ? 'watched' : `failing for ${Math.round(failingMs / 1000)} s: ${lastError}`,
    };
  });
}
