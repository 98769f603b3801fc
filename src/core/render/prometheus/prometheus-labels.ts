import type { PrometheusWorkload } from './prometheus-workload.ts';

export const nameLabel = 'operator.prometheus.io/name';
export const shardLabel = 'operator.prometheus.io/shard';
export const modeLabel = 'operator.prometheus.io/mode';
/** Labels of the pods of all shards, without `--labels`. */
function identifyWorkload({ role, owner }: PrometheusWorkload): Record<string, string> {
  const { name = '' } = owner.metadata;
  return {
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/name': role === 'server' ? 'prometheus' : 'prometheus-agent',
    'app.kubernetes.io/instance': name,
    [nameLabel]: name,
    ...(role === 'server' ? { prometheus: name } : {}),
  };
}

/** Labels that tell the pods of a workload from all others, whatever their shard (docs/reference/rendering.md 4.3). */
export function selectWorkload(workload: PrometheusWorkload): Record<string, string> {
  return { ...identifyWorkload(workload), ...workload.settings.labels };
}

/** The immutable selector of one shard's StatefulSet, or of the DaemonSet when `shard` is undefined. */
export function selectShard(workload: PrometheusWorkload, shard: number | undefined): Record<string, string> {
  return {
    ...identifyWorkload(workload),
    ...(shard === undefined ? {} : { [shardLabel]: String(shard) }),
    ...workload.settings.labels,
  };
}

/** Labels of the StatefulSet or DaemonSet itself besides those of its owner, managed-by labels and `--labels`. */
export function labelSet(workload: PrometheusWorkload, shard: number | undefined): Record<string, string> {
  return { [modeLabel]: workload.role, ...selectShard(workload, shard) };
}

/** Labels of the pods: users may change the version, never what the selector holds. */
export function labelPods(workload: PrometheusWorkload, shard: number | undefined): Record<string, string> {
  return {
    'app.kubernetes.io/version': workload.version.toString(),
    ...workload.spec.podMetadata?.labels,
    ...selectShard(workload, shard),
  };
}

/** What all pods of the workload carry, whatever their shard: what a governing Service may select them by. */
export function labelAllPods(workload: PrometheusWorkload): Record<string, string> {
  return { ...labelPods(workload, undefined), ...selectWorkload(workload) };
}

/** Annotations of the pods; kubectl's logs and exec choose the default container by one of them. */
export function annotatePods(workload: PrometheusWorkload): Record<string, string> {
  return { 'kubectl.kubernetes.io/default-container': 'prometheus', ...workload.spec.podMetadata?.annotations };
}
