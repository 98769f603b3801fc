import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { MetricsProvider, QueueGauges } from '../../kubernetes/workqueue/metrics.ts';

const prefix = 'prometheus_operator_workqueue';
const buckets = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100];

/** One gauge whose value is read from each queue when metrics are collected. */
function addGauge(
  registry: Registry,
  queues: ReadonlyMap<string, QueueGauges>,
  spec: { name: string; help: string; read: (gauges: QueueGauges) => number },
): void {
  new Gauge({
    name: `${prefix}_${spec.name}`,
    help: spec.help,
    labelNames: ['name'],
    registers: [registry],
    collect() {
      for (const [name, gauges] of queues) this.set({ name }, spec.read(gauges));
    },
  });
}

/** Workqueue metrics under the names of the reference (docs/reference/operator-runtime.md 6.2). */
export function createWorkqueueMetrics(registry: Registry): MetricsProvider {
  const queues = new Map<string, QueueGauges>();
  const shared = { labelNames: ['name'] as const, registers: [registry] };
  addGauge(registry, queues, { name: 'depth', help: 'Keys that wait', read: (gauges) => gauges.depth() });
  addGauge(registry, queues, {
    name: 'unfinished_work_seconds',
    help: 'Time that keys being worked on have taken so far, summed',
    read: (gauges) => gauges.unfinishedWorkSeconds(),
  });
  addGauge(registry, queues, {
    name: 'longest_running_processor_seconds',
    help: 'Age of the longest work going on',
    read: (gauges) => gauges.longestRunningProcessorSeconds(),
  });
  const adds = new Counter({ name: `${prefix}_adds_total`, help: 'Keys added', ...shared });
  const retries = new Counter({
    name: `${prefix}_retries_total`,
    help: 'Keys added again, at once or later',
    ...shared,
  });
  const latency = new Histogram({
    name: `${prefix}_latency_seconds`,
    help: 'Time a key waited for a worker',
    buckets,
    ...shared,
  });
  const duration = new Histogram({
    name: `${prefix}_work_duration_seconds`,
    help: 'Time the work on a key took',
    buckets,
    ...shared,
  });
  return {
    observeQueue(name, gauges) {
      queues.set(name, gauges);
      return {
        observeAdd: () => adds.inc({ name }),
        observeRetry: () => retries.inc({ name }),
        observeLatency: (seconds) => latency.observe({ name }, seconds),
        observeWorkDuration: (seconds) => duration.observe({ name }, seconds),
      };
    },
  };
}
