import { Registry, collectDefaultMetrics } from 'prom-client';

/** Gauges that prom-client names as if they were counters: `promtool check metrics` refuses them, and nobody needs them. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/**
 * A registry with the process' own metrics (docs/reference/operator-runtime.md 6.2).
 * @param ofProcess false where the process is somebody else's: its figures are observed until it ends.
 */
export function createRegistry(ofProcess = true): Registry {
  const registry = new Registry();
  if (!ofProcess) return registry;
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  return registry;
}
