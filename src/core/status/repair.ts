import type { StatefulSet } from '../render/shared/rendered-objects.ts';
import type { Pod } from './pods.ts';
import { isPodOf, isPodReady } from './pods.ts';

/** What is done with pods that no rolling update reaches any more. */
export type RepairPolicy = 'none' | 'evict' | 'delete';

const ordinalOf = ({ metadata }: Pod): number => Number(/-(\d+)$/.exec(metadata.name ?? '')?.[1] ?? -1);

/**
 * The pod of the set that hangs in a revision which is neither the current nor the new one, because a further change came
 * before the one before it was rolled out: not ready, so that the StatefulSet controller waits for it, and of a template
 * that nobody wants. The one with the highest ordinal; undefined when there is none, or the newest generation was not seen
 * yet (docs/reference/operator-runtime.md 3.9).
 */
export function findStuckPod({ metadata, status = {} }: StatefulSet, pods: readonly Pod[]): Pod | undefined {
  const { observedGeneration = 0, currentRevision, updateRevision } = status;
  if (observedGeneration < (metadata.generation ?? 0) || updateRevision === undefined) return undefined;
  const isStuck = (pod: Pod): boolean => {
    const revision = pod.metadata.labels?.['controller-revision-hash'];
    const isWanted = revision === currentRevision || revision === updateRevision;
    return !isWanted && pod.metadata.deletionTimestamp === undefined && !isPodReady(pod);
  };
  return pods
    .filter((pod) => isPodOf(pod, 'StatefulSet', metadata.name ?? '') && isStuck(pod))
    .sort((a, b) => ordinalOf(b) - ordinalOf(a))[0];
}
