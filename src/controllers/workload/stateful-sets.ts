import { statefulSetType } from '../../api/builtin-types.ts';
import type { StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isInvalid } from '../../kubernetes/client/errors.ts';
import type { Applied, Desired } from '../../runtime/applier.ts';
import type { RecreateDeps } from './recreate.ts';
import { recreate, requireReplaceable } from './recreate.ts';

export type StatefulSetResult = Applied | 'deleting' | 'recreating';

export interface StatefulSetDeps extends RecreateDeps {
  readonly client: Pick<KubernetesClient, 'create' | 'patch'>;
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
 * Brings one StatefulSet to what is desired (docs/reference/operator-runtime.md 3.6). When the server says that a field cannot
 * be changed in place, and would take the new set: the set is deleted with foreground propagation, and the sync that its
 * deletion wakes makes it anew. Its volume claims are kept. A set that is being deleted is left alone until it is gone.
 * @param live as the cache has it.
 * @throws {Error} naming field and value when the server refuses what is desired; what runs stays as it is.
 */
export async function applyStatefulSet(
  deps: StatefulSetDeps,
  desired: Desired<StatefulSet>,
  live: StatefulSet | undefined,
): Promise<StatefulSetResult> {
  if (live?.metadata.deletionTimestamp !== undefined) return 'deleting';
  try {
    return await deps.applier.apply(desired);
  } catch (error) {
    if (!isInvalid(error) || live === undefined) throw error;
    await requireReplaceable(deps, desired, error);
    if (deps.isHeld) throw new Error(describeHeld(live), { cause: error });
    await keepClaims(deps, desired.object, live);
    return await recreate(deps, desired, { live, refusal: error });
  }
}
