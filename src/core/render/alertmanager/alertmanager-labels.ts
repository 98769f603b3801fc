import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

/** The label by which the pods of any Alertmanager are known. */
export const nameLabel = { 'app.kubernetes.io/name': 'alertmanager' } as const;

/** The immutable selector of the StatefulSet (docs/reference/rendering.md 5.2). */
export function selectPods({ owner, settings }: AlertmanagerWorkload): Record<string, string> {
  const { name = '' } = owner.metadata;
  return {
    ...nameLabel,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/instance': name,
    alertmanager: name,
    ...settings.labels,
  };
}

/** Labels of the pods: users may change the version, never what the selector holds. */
export function labelPods(workload: AlertmanagerWorkload): Record<string, string> {
  return {
    'app.kubernetes.io/version': workload.version.toString(),
    ...workload.spec.podMetadata?.labels,
    ...selectPods(workload),
  };
}

/** Annotations of the pods; kubectl's logs and exec choose the default container by one of them, which is not the user's. */
export function annotatePods({ spec }: AlertmanagerWorkload): Record<string, string> {
  return { ...spec.podMetadata?.annotations, 'kubectl.kubernetes.io/default-container': 'alertmanager' };
}
