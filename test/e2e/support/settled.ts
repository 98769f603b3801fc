/** When the StatefulSet controller is done, without kubelets: how long it takes, nothing else says. */
import assert from 'node:assert/strict';
import { statefulSetType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { prometheusAgentType } from '../../../src/api/prometheus-agent.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import type { Prometheus } from '../../../src/api/prometheus.ts';
import type { Api } from './api.ts';

interface Counts {
  readonly replicas: number;
  readonly updatedReplicas: number;
}

/** A StatefulSet with what its controller counts. */
interface CountedSet extends KubernetesObject {
  readonly spec: { readonly replicas: number };
  readonly status?: Partial<Counts> & { readonly observedGeneration?: number };
}

/** All StatefulSets have the Pods that they can have, and the status of each owner tells of them. */
export async function assertSettled(api: Api): Promise<void> {
  const sums = new Map<string, Counts>();
  for (const set of await api.list<CountedSet>(statefulSetType)) {
    const { replicas, updatedReplicas } = readCounts(set);
    const owner = set.metadata.ownerReferences?.[0]?.uid ?? '';
    const before = sums.get(owner) ?? { replicas: 0, updatedReplicas: 0 };
    sums.set(owner, {
      replicas: before.replicas + replicas,
      updatedReplicas: before.updatedReplicas + updatedReplicas,
    });
  }
  for (const type of [prometheusType, prometheusAgentType])
    for (const { metadata, status } of await api.list<Prometheus>(type)) {
      const sum = sums.get(metadata.uid ?? '');
      const { replicas, updatedReplicas } = status ?? {};
      if (sum !== undefined) assert.deepEqual({ replicas, updatedReplicas }, sum, `status of ${metadata.name ?? ''}`);
    }
}

/** A Pod that never becomes ready holds up the replacement of the others: one is all that can be up to date. */
function readCounts({ metadata, spec, status = {} }: CountedSet): Counts {
  const { replicas = 0, updatedReplicas = 0, observedGeneration } = status;
  const what = `StatefulSet ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  assert.equal(observedGeneration, metadata.generation, what);
  assert.equal(replicas, spec.replicas, what);
  assert.ok(updatedReplicas >= Math.min(1, replicas), what);
  return { replicas, updatedReplicas };
}
