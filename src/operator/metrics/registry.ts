import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { FeatureGates } from '../../core/settings.ts';

/** A registry with the process' own metrics (contract/operator-runtime.md 6.2). */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** What was built and which gates are on: gauges without a controller. */
export function addStaticMetrics(registry: Registry, facts: { version: string; gates: FeatureGates }): void {
  const build = new Gauge({
    name: 'prometheus_operator_build_info',
    help: '1, labelled with what was built',
    labelNames: ['version', 'runtime'],
    registers: [registry],
  });
  build.set({ version: facts.version, runtime: `node${process.versions.node}` }, 1);
  const gates = new Gauge({
    name: 'prometheus_operator_feature_gate',
    help: '1 for gates that are on',
    labelNames: ['name'],
    registers: [registry],
  });
  for (const [name, on] of Object.entries(facts.gates)) gates.set({ name }, on ? 1 : 0);
}
