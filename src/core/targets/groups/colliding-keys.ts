import { groupBy } from '../../../base/group-by.ts';
import type { KubernetesObject } from '../../../api/meta.ts';
import { sanitizeLabelName } from './metadata-labels.ts';

/** Keys of one object that come to the same label name: which value a real Prometheus takes is left to chance. */
export interface CollidingKeys {
  readonly kind: 'label' | 'annotation';
  /** As in `__meta_kubernetes_pod_label_NAME`. */
  readonly name: string;
  readonly keys: readonly string[];
}

/** docs/reference/discovery.md 0.3, ND5. */
export function findCollidingKeys({ metadata }: KubernetesObject): readonly CollidingKeys[] {
  return [
    ...findIn('label', Object.keys(metadata.labels ?? {})),
    ...findIn('annotation', Object.keys(metadata.annotations ?? {})),
  ];
}

function findIn(kind: CollidingKeys['kind'], keys: readonly string[]): CollidingKeys[] {
  const byName = groupBy(keys, sanitizeLabelName);
  return [...byName].filter(([, same]) => same.length > 1).map(([name, same]) => ({ kind, name, keys: same }));
}
