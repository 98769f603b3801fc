import type { KubernetesObject, ObjectMeta } from '../../../api/meta.ts';
import { referToController, renderMetadata } from './metadata.ts';
import type { Owner } from './metadata.ts';
import type { NetworkPolicy, PodDisruptionBudget } from './rendered-objects.ts';
import type { Workload } from './workload.ts';

/** What is made around the pods of a workload, where it is switched on. */
export type Guard = PodDisruptionBudget | NetworkPolicy;

export const guardKinds = ['PodDisruptionBudget', 'NetworkPolicy'] as const;

export type GuardKind = (typeof guardKinds)[number];

export const isGuard = ({ kind }: KubernetesObject): boolean => guardKinds.some((one) => one === kind);

/** The workload that guards are made for, as far as it tells which are its own. */
export type GuardOwner = Pick<Owner, 'kind' | 'metadata'>;

/** Of the guards alone: what they are watched by. Its value is the kind of the workload. */
const guardLabel = 'stoker.dev/guard-of';

/** Label selector of the guards of workloads of a kind. */
export const selectGuards = (ownerKind: string): string => `${guardLabel}=${ownerKind}`;

/** @param labels those of the pods that it is about. */
export function renderGuardMetadata(
  { owner, settings }: Workload,
  name: string,
  labels: Readonly<Record<string, string>>,
): ObjectMeta {
  return renderMetadata(
    {
      name,
      namespace: owner.metadata.namespace,
      labels: { ...labels, [guardLabel]: owner.kind },
      ownerReferences: [referToController(owner)],
    },
    settings,
  );
}

/**
 * Whether an object of a guard's name is one of the workload's: others are users', and are left as they are. One that was made for
 * a workload and belongs to nobody (`kubectl delete --cascade=orphan`) is taken up again.
 */
export function isGuardOf({ metadata }: KubernetesObject, { kind, metadata: { uid } }: GuardOwner): boolean {
  const { ownerReferences = [], labels } = metadata;
  const controller = ownerReferences.find((owner) => owner.controller === true);
  if (controller === undefined) return labels?.[guardLabel] === kind;
  return controller.uid === (uid ?? '');
}
