import { sortEntries } from '../../../../base/order.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import type { RenderScope } from './render-scope.ts';

function listReserved({ owner, spec, settings }: PrometheusWorkload): Map<string, string> {
  const { namespace = '', name = '' } = owner.metadata;
  const strategy = spec.shardingStrategy;
  const topology =
    settings.gates.PrometheusTopologySharding && strategy?.mode === 'Topology' ? strategy.topology : undefined;
  const reserved = new Map([
    [spec.prometheusExternalLabelName ?? 'prometheus', `${namespace}/${name}`],
    [nameReplicaLabel(spec), '$(POD_NAME)'],
    ...(topology === undefined ? [] : [[topology.externalLabelName ?? 'zone', '$(TOPOLOGY_ZONE)'] as const]),
  ]);
  // An empty name takes the label away.
  reserved.delete('');
  return reserved;
}

/** Name of the label that tells replicas apart; "" for none. */
export function nameReplicaLabel(spec: PrometheusWorkload['spec']): string {
  return spec.replicaExternalLabelName ?? 'prometheus_replica';
}

/** Labels of everything that leaves this Prometheus. Reserved ones cannot be set by users (docs/reference/rendering.md 1.2). */
export function renderExternalLabels(workload: PrometheusWorkload, scope: RenderScope): Map<string, string> {
  const labels = listReserved(workload);
  const reserved = new Set(labels.keys());
  for (const [name, value] of Object.entries(workload.spec.externalLabels ?? {})) {
    if (!reserved.has(name)) labels.set(name, value);
    else scope.traces.warn(`Left out external label "${name}": the operator sets it`);
  }
  return sortEntries(Object.fromEntries(labels));
}
