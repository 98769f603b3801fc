import { Counter, Summary } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ReflectorMetrics } from '../../kubernetes/cache/reflector.ts';
import type { ClientMetrics } from '../../kubernetes/client/client.ts';
import { MetricFactory } from './factory.ts';

const prefix = 'prometheus_operator_kubernetes_client';

/** Requests to the API server under the names of the reference (docs/reference/operator-runtime.md 6.2). */
export function createClientMetrics(registry: Registry): ClientMetrics {
  const requests = new Counter({
    name: `${prefix}_http_requests_total`,
    help: 'Requests to the API server by status code',
    labelNames: ['status_code'],
    registers: [registry],
  });
  const summary = { labelNames: ['endpoint'] as const, percentiles: [], registers: [registry] };
  const duration = new Summary({
    name: `${prefix}_http_request_duration_seconds`,
    help: 'Time requests to the API server took',
    ...summary,
  });
  const waited = new Summary({
    name: `${prefix}_rate_limiter_duration_seconds`,
    help: 'Time requests waited for the client’s own limit',
    ...summary,
  });
  return {
    observeRequest({ endpoint, status, durationMs }) {
      requests.inc({ status_code: status });
      duration.observe({ endpoint }, durationMs / 1000);
    },
    observeThrottle: ({ endpoint, waitedMs }) => waited.observe({ endpoint }, waitedMs / 1000),
  };
}

/** Lists and watches of all caches of a controller; the reference counts those of namespaces only. */
export function createReflectorMetrics(registry: Registry, controller: string): ReflectorMetrics {
  const make = new MetricFactory(registry, controller);
  const lists = make.counter('list_operations_total', 'Lists');
  const failedLists = make.counter('list_operations_failed_total', 'Lists that failed');
  const watches = make.counter('watch_operations_total', 'Watches begun');
  const failedWatches = make.counter('watch_operations_failed_total', 'Watches that failed');
  return {
    observeList(_type, failed) {
      lists.inc();
      if (failed) failedLists.inc();
    },
    observeWatch(_type, failed) {
      watches.inc();
      if (failed) failedWatches.inc();
    },
  };
}
