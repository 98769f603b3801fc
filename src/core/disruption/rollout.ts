import { isOnDelete, isStateful } from './effect.ts';
import type { SetObject } from './effect.ts';

/**
 * Why a set is not ready: its pods do not all run what it says, or are not all available (for a Prometheus: its write-ahead log is
 * replayed, docs/reference/rendering.md 4.7). Undefined when all is well.
 */
export function describeUnready(name: string, set: SetObject | undefined): string | undefined {
  if (set === undefined) return `${name} is not there`;
  if (set.metadata.deletionTimestamp !== undefined) return `${name} is being deleted`;
  const { generation = 0 } = set.metadata;
  if ((set.status?.observedGeneration ?? 0) < generation) return `${name} was changed just now`;
  const { wanted, updated, available } = countPods(set);
  if (updated < wanted) return `${name} is restarting: ${updated} of ${wanted} pods are new`;
  if (available < wanted) return `${name} is not ready: ${available} of ${wanted} pods are available`;
  return undefined;
}

interface Counts {
  readonly wanted: number;
  readonly updated: number;
  readonly available: number;
}

/** Pods that wait for somebody to delete them count as new. */
function countPods(set: SetObject): Counts {
  if (isStateful(set)) {
    const wanted = set.spec.replicas ?? 1;
    const { updatedReplicas = 0, availableReplicas: available = 0, updateRevision, currentRevision } = set.status ?? {};
    const isSettled = isOnDelete(set) || updateRevision === currentRevision;
    return { wanted, updated: isSettled ? wanted : updatedReplicas, available };
  }
  const { desiredNumberScheduled: wanted = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = set.status ?? {};
  return { wanted, updated: updatedNumberScheduled, available: numberAvailable };
}
