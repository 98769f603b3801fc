import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { IdentityObserver } from '../../web/tls-files.ts';

/** Metrics of serving certificates; `server` says whose: "web", "webhook" or "page". */
export function createIdentityMetrics(registry: Registry, server: string): IdentityObserver {
  const expiry = findOrMake(registry, 'stoker_certificate_expiry_timestamp_seconds', (name) => {
    const help = 'When the certificate that is served with ends, in seconds since 1970';
    return new Gauge({ name, help, labelNames: ['server'], registers: [registry] });
  });
  const reloads = findOrMake(registry, 'stoker_certificate_reloads_total', (name) => {
    const help = 'Changes of a serving certificate; a failed one leaves the old certificate in place';
    return new Counter({ name, help, labelNames: ['server', 'result'], registers: [registry] });
  });
  for (const result of ['success', 'failure']) reloads.inc({ server, result }, 0);
  return {
    observeExpiry: (expiresAt) => expiry.set({ server }, expiresAt / 1000),
    observeReload: (failed) => reloads.inc({ server, result: failed ? 'failure' : 'success' }),
  };
}

/** Two servers of one process share the metrics. */
function findOrMake<M>(registry: Registry, name: string, make: (name: string) => M): M {
  return (registry.getSingleMetric(name) as M | undefined) ?? make(name);
}
