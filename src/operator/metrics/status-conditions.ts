import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ObservedConditions, WorkloadMetrics } from '../../controllers/workload/metrics.ts';

/** All that conditions of the reference can be; `Degraded` is its own. */
const statuses = ['True', 'Degraded', 'False', 'Unknown'] as const;

/** The resource as the metric has it, where it is not the controller's label. */
const resourceNames: Readonly<Record<string, string>> = { thanos: 'thanos_ruler' };

/**
 * The conditions of one kind of workload as release 0.94 of the reference tells them: a series for each value that a
 * condition can have, 1 for the one it has (docs/reference/operator-runtime.md 6.2).
 */
export function createConditionGauge(registry: Registry, controller: string): WorkloadMetrics['observeConditions'] {
  const resource = resourceNames[controller] ?? controller.replaceAll('-', '_');
  let list: () => readonly ObservedConditions[] = () => [];
  new Gauge({
    name: `prometheus_operator_${resource}_status_condition`,
    help: '1 for the status that the condition has, 0 for all others',
    labelNames: ['name', 'namespace', 'condition', 'status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { name, namespace, conditions } of list())
        for (const { type, status } of conditions)
          for (const one of statuses)
            this.set({ name, namespace, condition: type, status: one }, one === status ? 1 : 0);
    },
  });
  return (source) => void (list = source);
}
