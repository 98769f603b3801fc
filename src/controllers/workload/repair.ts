import { podType } from '../../api/builtin-types.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import type { Pod } from '../../core/status/pods.ts';
import { findStuckPod } from '../../core/status/repair.ts';
import type { RepairPolicy } from '../../core/status/repair.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { FencedError } from '../../runtime/controller.ts';

export interface RepairDeps {
  readonly policy: RepairPolicy;
  readonly client: KubernetesClient;
  readonly fence: () => void;
  readonly logger: Logger;
}

/**
 * Takes away at most one stuck pod, so that its StatefulSet makes it anew from the newest template; an eviction respects
 * PodDisruptionBudgets. One that fails is logged: the next look at the status tries again.
 */
export async function repairStuckPod(
  { policy, client, fence, logger }: RepairDeps,
  sets: readonly StatefulSet[],
  pods: readonly Pod[],
): Promise<void> {
  const stuck = policy === 'none' ? undefined : sets.map((set) => findStuckPod(set, pods)).find((pod) => pod);
  if (stuck === undefined) return;
  const { namespace = '', name = '', uid } = stuck.metadata;
  try {
    fence();
    if (policy === 'evict') {
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { namespace, name } };
      await client.create(podType, eviction, { subresource: 'eviction' });
    } else {
      await client.delete(podType, { namespace, name }, { propagationPolicy: 'Background', preconditions: { uid } });
    }
    logger.info('Stuck pod was taken away', { namespace, pod: name, policy });
  } catch (error) {
    if (error instanceof FencedError) throw error;
    logger.warn('Cannot take a stuck pod away', { namespace, pod: name, policy, err: describeError(error) });
  }
}
