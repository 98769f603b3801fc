import { statefulSetType } from '../../api/builtin-types.ts';
import type { StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { Desired } from '../../runtime/applier.ts';
import type { RecreateDeps, SetResult } from './recreate.ts';
import { applyReplaceable } from './recreate.ts';

export interface StatefulSetDeps extends RecreateDeps {
  readonly client: Pick<KubernetesClient, 'create' | 'get' | 'patch'>;
  /** Its volumes are to have another size, and have it not: it is not made anew meanwhile. */
  readonly isHeld: boolean;
}

const whenDeleted = ({ spec }: StatefulSet): string =>
  spec.persistentVolumeClaimRetentionPolicy?.whenDeleted ?? 'Retain';

/**
 * A set whose claims would be deleted with it must not be deleted only to be made anew: its policy is turned to Retain
 * first, and the StatefulSet controller has to have seen that, because it is what takes the set out of the claims' owners.
 * @throws {Error} while that is so; the sync is tried again.
 */
async function keepClaims({ client, fence }: StatefulSetDeps, desired: StatefulSet, live: StatefulSet): Promise<void> {
  if (whenDeleted(desired) !== 'Delete' && whenDeleted(live) !== 'Delete') return;
  const { namespace = '', name = '', generation = 0 } = live.metadata;
  if (whenDeleted(live) === 'Delete') {
    fence();
    const body = { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } } };
    await client.patch(statefulSetType, { namespace, name }, { kind: 'merge', body });
  } else if ((live.status?.observedGeneration ?? 0) >= generation) return;
  throw new Error(
    `Waiting to make StatefulSet "${name}" anew: its volume claims are to be kept, the StatefulSet controller releases them first`,
  );
}

const describeHeld = ({ metadata }: StatefulSet): string =>
  `Waiting to make StatefulSet "${metadata.name ?? ''}" anew: its volumes have not the size that is asked for, the condition VolumesExpanded says why`;

/**
 * Brings one StatefulSet to what is desired, as `applyReplaceable` does; its volume claims are kept when it is made anew.
 * @param live as the cache has it.
 * @throws {Error} naming field and value when the server refuses what is desired; what runs stays as it is.
 */
export function applyStatefulSet(
  deps: StatefulSetDeps,
  desired: Desired<StatefulSet>,
  live: StatefulSet | undefined,
): Promise<SetResult> {
  const release = async (running: StatefulSet, refusal: Error): Promise<void> => {
    if (deps.isHeld) throw new Error(describeHeld(running), { cause: refusal });
    await keepClaims(deps, desired.object, running);
  };
  return applyReplaceable(deps, desired, { live, release });
}
