import { Registry, collectDefaultMetrics } from 'prom-client';

/** Gauges that prom-client names as if they were counters: `promtool check metrics` refuses them, and nobody needs them. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** A registry with the process' own metrics (docs/reference/operator-runtime.md 6.2). */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  return registry;
}
