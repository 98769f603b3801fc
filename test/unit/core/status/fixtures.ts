import type { Pod } from '../../../../src/core/status/pods.ts';
import type { ShardState } from '../../../../src/core/status/shard-report.ts';
import { makeServer, makeStatefulSet } from '../render/prometheus/fixtures.ts';

/** A pod of shard 0, ready unless said otherwise. */
export function makePod(name: string, changes: { ready?: boolean; revision?: string; statefulSet?: string } = {}): Pod {
  const { ready = true, revision = 'new', statefulSet = 'prometheus-k8s' } = changes;
  const message = ready
    ? {}
    : { message: 'containers with unready status: [prometheus]', reason: 'ContainersNotReady' };
  const status = ready ? 'True' : 'False';
  return {
    metadata: {
      name,
      namespace: 'monitoring',
      labels: { 'controller-revision-hash': revision },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: statefulSet, uid: 's' }],
    },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status, ...message },
        { type: 'ContainersReady', status, ...message },
        { type: 'Initialized', status: 'True' },
        { type: 'PodScheduled', status: 'True' },
      ],
    },
  };
}

/** A shard with a StatefulSet of that many replicas. */
export function makeShard(pods: readonly Pod[], replicas = 1, shard = 0): ShardState {
  const statefulSet = makeStatefulSet(makeServer({ replicas }), shard);
  return {
    shard,
    name: statefulSet.metadata.name ?? '',
    statefulSet: { ...statefulSet, status: { updateRevision: 'new' } },
    pods,
  };
}
