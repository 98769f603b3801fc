import type { Condition } from '../../../api/meta.ts';
import type { Deployment, ReplicaSet } from '../shapes.ts';
import { scaleValue } from './rollout.ts';

export interface DeploymentFacts {
  readonly deployment: Deployment;
  readonly current: ReplicaSet | undefined;
  readonly sets: readonly ReplicaSet[];
  /** RFC 3339, whole seconds. */
  readonly time: string;
}

/** The status of a Deployment: counts over its ReplicaSets, conditions Available and Progressing. */
export function renderDeploymentStatus({ deployment, current, sets, time }: DeploymentFacts): Record<string, unknown> {
  const total = (count: (set: ReplicaSet) => number): number => sets.reduce((sum, set) => sum + count(set), 0);
  const replicas = total(({ status }) => status?.replicas ?? 0);
  const availableReplicas = total(({ status }) => status?.availableReplicas ?? 0);
  const updatedReplicas = current?.status?.replicas ?? 0;
  const wanted = deployment.spec.replicas;
  const counts = {
    replicas,
    updatedReplicas,
    readyReplicas: total(({ status }) => status?.readyReplicas ?? 0),
    availableReplicas,
    unavailableReplicas: Math.max(0, Math.max(wanted, replicas) - availableReplicas),
  };
  const isComplete = [replicas, updatedReplicas, availableReplicas].every((count) => count === wanted);
  const { maxUnavailable = '25%' } = deployment.spec.strategy?.rollingUpdate ?? {};
  const isAvailable = availableReplicas >= wanted - scaleValue(maxUnavailable, wanted, Math.floor);
  const conditions = [
    {
      type: 'Available',
      holds: isAvailable,
      reason: isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    },
    { type: 'Progressing', holds: true, reason: isComplete ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated' },
  ];
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value > 0)),
    terminatingReplicas: total(({ status }) => status?.terminatingReplicas ?? 0),
    conditions: conditions.map((fact) => renderCondition(deployment, fact, time)),
  };
}

interface Fact {
  readonly type: string;
  readonly holds: boolean;
  readonly reason: string;
}

/** Times move only with what they stand for, so that the same facts give the same status. */
function renderCondition(
  deployment: Deployment,
  { type, holds, reason }: Fact,
  time: string,
): Condition & { lastUpdateTime: string } {
  const known = deployment.status?.conditions?.find((condition) => condition.type === type);
  const status = holds ? 'True' : 'False';
  const updated = known !== undefined && 'lastUpdateTime' in known ? String(known.lastUpdateTime) : time;
  return {
    type,
    status,
    reason,
    message: '',
    lastUpdateTime: known?.status === status && known.reason === reason ? updated : time,
    lastTransitionTime: known?.status === status ? (known.lastTransitionTime ?? time) : time,
  };
}
