import type { Lister } from '../../core/listers.ts';
import type { WorkloadObject } from '../../core/kinds/kind.ts';
import type { ObservedConditions } from './metrics.ts';

/** The conditions of the workloads as they stand in the cluster; of those that are being deleted nothing is told. */
export function listConditions(
  instances: Lister<WorkloadObject>,
  isOurs: (instance: WorkloadObject) => boolean,
): ObservedConditions[] {
  return instances
    .list()
    .filter((instance) => instance.metadata.deletionTimestamp === undefined && isOurs(instance))
    .map(({ metadata, status }) => {
      const { namespace = '', name = '' } = metadata;
      return { namespace, name, conditions: status?.conditions ?? [] };
    });
}
