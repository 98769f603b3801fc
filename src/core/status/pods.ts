import type { Condition, KubernetesObject } from '../../api/meta.ts';

/** A pod as far as status depends on it. */
export interface Pod extends KubernetesObject {
  status?: { phase?: string; conditions?: Condition[] };
}

/** In this order a pod comes up: the first that is not true is the reason why the others are not. */
const conditionOrder = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'] as const;

/** Whether the pod was made by the set of that kind and name. */
export function isPodOf(pod: Pod, kind: 'StatefulSet' | 'DaemonSet', name: string): boolean {
  const owners = pod.metadata.ownerReferences ?? [];
  return owners.some((owner) => owner.kind === kind && owner.name === name);
}

export function isPodReady({ status }: Pod): boolean {
  const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  return status?.phase === 'Running' && ready === true;
}

/** Whether the pod runs the newest template; `revision` is the set's status.updateRevision. */
export function isPodUpdated(pod: Pod, revision: string | undefined): boolean {
  return revision !== undefined && pod.metadata.labels?.['controller-revision-hash'] === revision;
}

/** What keeps a pod from being ready, in the kubelet's or the scheduler's words; undefined when nothing is said. */
export function describePodProblem({ metadata, status }: Pod): string | undefined {
  for (const type of conditionOrder) {
    const condition = status?.conditions?.find((one) => one.type === type && one.status === 'False');
    if (condition === undefined) continue;
    const { message = '', reason = '' } = condition;
    const text = message === '' ? reason : message;
    return `pod ${metadata.name ?? ''}: ${text === '' ? `${type} is False` : text}`;
  }
  return undefined;
}
