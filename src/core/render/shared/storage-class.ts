import type { Rejection } from '../../rejection.ts';
import type { WorkloadSpec } from './workload.ts';

/** The StorageClass that a workload names; undefined when it leaves the choice to the cluster. */
export function readStorageClass({ storage }: Pick<WorkloadSpec, 'storage'>): string | undefined {
  const name = storage?.volumeClaimTemplate?.spec?.storageClassName;
  return name === '' ? undefined : name;
}

/** Why a workload cannot have a StorageClass that does not exist: its pods would be pending without a word. */
export function rejectStorageClass(name: string): Rejection {
  return {
    reason: 'StorageClassNotFound',
    field: 'spec.storage.volumeClaimTemplate.spec.storageClassName',
    message: `Cannot use StorageClass "${name}": it does not exist; create it or name another`,
  };
}
