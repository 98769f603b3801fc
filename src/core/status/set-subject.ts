import type { Workload } from '../render/shared/workload.ts';
import type { StatusSubject } from './workload-status.ts';

/** How the pods of a workload are found, and whether its scale subresource tells of them. */
type PodsOfSet = Pick<StatusSubject, 'selector' | 'showsSelector'>;

/** What status tells of a workload that runs in one StatefulSet and knows no shards: an Alertmanager or a ThanosRuler. */
export function describeSet({ owner, spec, names }: Workload, pods: PodsOfSet): StatusSubject {
  return {
    namespace: owner.metadata.namespace ?? '',
    generation: owner.metadata.generation,
    paused: spec.paused ?? false,
    ...pods,
    sets: [names.prefix],
    shards: undefined,
  };
}
