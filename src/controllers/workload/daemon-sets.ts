import type { DaemonSet } from '../../core/render/shared/rendered-objects.ts';
import { isInvalid } from '../../kubernetes/client/errors.ts';
import type { Applied, Desired } from '../../runtime/applier.ts';
import type { RecreateDeps } from './recreate.ts';
import { recreate, requireReplaceable } from './recreate.ts';

/**
 * Brings a DaemonSet to what is desired, as `applyStatefulSet` does; there are no claims to keep.
 * @param live as the cache has it.
 */
export async function applyDaemonSet(
  deps: RecreateDeps,
  desired: Desired<DaemonSet>,
  live: DaemonSet | undefined,
): Promise<Applied | 'deleting' | 'recreating'> {
  if (live?.metadata.deletionTimestamp !== undefined) return 'deleting';
  try {
    return await deps.applier.apply(desired);
  } catch (error) {
    if (!isInvalid(error) || live === undefined) throw error;
    await requireReplaceable(deps, desired, error);
    return await recreate(deps, desired, { live, refusal: error });
  }
}
