import { selectWorkload } from '../render/prometheus/prometheus-labels.ts';
import { nameStatefulSet } from '../render/prometheus/prometheus-names.ts';
import { countShards } from '../render/prometheus/shards.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import type { StatusSubject } from './workload-status.ts';

/** What status tells of a Prometheus or PrometheusAgent. */
export function describePrometheus(workload: PrometheusWorkload): StatusSubject {
  const { owner, spec, form, names } = workload;
  const shards = countShards(spec);
  return {
    namespace: owner.metadata.namespace ?? '',
    generation: owner.metadata.generation,
    paused: spec.paused ?? false,
    selector: selectWorkload(workload),
    sets: form === 'DaemonSet' ? [] : [...Array(shards).keys()].map((shard) => nameStatefulSet(names, shard)),
    ...(form === 'DaemonSet' ? { daemonSet: names.prefix } : {}),
    showsSelector: true,
    shards,
  };
}
