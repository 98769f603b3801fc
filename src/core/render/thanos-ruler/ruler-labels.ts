import type { ThanosRulerWorkload } from './ruler-workload.ts';

const versionLabel = 'app.kubernetes.io/version';

/**
 * The immutable selector of the StatefulSet: a copy of all labels of the pods, those of users included
 * (docs/reference/rendering.md 6.2), so that other than for Prometheus new labels make a new StatefulSet. A version that a user
 * writes is not among them: the pods have the operator's, and the API server would refuse the StatefulSet.
 */
export function selectPods({ spec, settings, owner }: ThanosRulerWorkload): Record<string, string> {
  const { name = '' } = owner.metadata;
  const { [versionLabel]: _version, ...given } = { ...spec.podMetadata?.labels, ...settings.labels };
  return {
    ...given,
    'app.kubernetes.io/name': 'thanos-ruler',
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/instance': name,
    'thanos-ruler': name,
  };
}

/** Labels of the pods; the version is the operator's to say. */
export function labelPods(workload: ThanosRulerWorkload): Record<string, string> {
  return { ...selectPods(workload), [versionLabel]: workload.version.toString() };
}

/** Annotations of the pods; users cannot choose another default container. */
export function annotatePods({ spec }: ThanosRulerWorkload): Record<string, string> {
  return { ...spec.podMetadata?.annotations, 'kubectl.kubernetes.io/default-container': 'thanos-ruler' };
}
