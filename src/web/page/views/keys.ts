import type { ObjectName } from '../../../core/explain/model.ts';

/** Stable as long as object and workload are the same: "ServiceMonitor/shop/cart Prometheus/monitoring/main". */
export const writeKey = (...objects: readonly ObjectName[]): string =>
  objects.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`).join(' ');
