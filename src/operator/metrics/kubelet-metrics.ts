import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { KubeletMetrics } from '../../controllers/kubelet/kubelet-metrics.ts';

/** Metrics of the kubelet controller under the names of the reference (docs/reference/operator-runtime.md 6.2). */
export function createKubeletMetrics(registry: Registry): KubeletMetrics {
  const registers = [registry];
  const labelled = { labelNames: ['resource'] as const, registers };
  const addressErrors = new Counter({
    name: 'prometheus_operator_node_address_lookup_errors_total',
    help: 'Nodes without an address, each time that they were looked at',
    registers,
  });
  const syncs = new Counter({
    name: 'prometheus_operator_node_syncs_total',
    help: 'Writes of the kubelets’ Endpoints and EndpointSlices, unchanged ones included',
    ...labelled,
  });
  const failed = new Counter({
    name: 'prometheus_operator_node_syncs_failed_total',
    help: 'Those that failed',
    ...labelled,
  });
  const managed = new Gauge({
    name: 'prometheus_operator_kubelet_managed_resource',
    help: '1 for the kinds of objects that are kept for the kubelets',
    ...labelled,
  });
  return {
    observeMissingAddresses: (count) => addressErrors.inc(count),
    observeSync(resource, isFailed) {
      syncs.inc({ resource });
      failed.inc({ resource }, isFailed ? 1 : 0);
    },
    setManaged: (resource, isManaged) => managed.set({ resource }, isManaged ? 1 : 0),
  };
}
