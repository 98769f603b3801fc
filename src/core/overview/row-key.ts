import type { ObjectName } from '../explain/model.ts';

/** What tells a row of a list from others as long as its objects are the same: "ServiceMonitor/shop/cart Prometheus/monitoring/main". */
export const writeKey = (...objects: readonly ObjectName[]): string =>
  objects.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`).join(' ');

/** Of a permission that an account misses for a workload. */
export const writePermissionKey = (row: {
  readonly account: ObjectName;
  readonly workload: ObjectName;
  readonly missing: string;
}): string => `${writeKey(row.account, row.workload)} ${row.missing}`;
