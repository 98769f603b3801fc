import { hashJson } from '../../../base/hash.ts';
import type { StatefulSet } from '../shared/objects.ts';
import { inputHashAnnotation } from './labels.ts';

/** The StatefulSet with the annotation that carries the hash of what it was made from. */
export function withInputHash(statefulSet: StatefulSet, hash: string): StatefulSet {
  const { metadata } = statefulSet;
  return {
    ...statefulSet,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [inputHashAnnotation]: hash } },
  };
}

export function hashStatefulSet(statefulSet: StatefulSet): string {
  return hashJson(statefulSet);
}
