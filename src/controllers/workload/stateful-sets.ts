import type { Logger } from '../../base/logger.ts';
import { statefulSetType } from '../../api/builtin-types.ts';
import type { StatefulSet } from '../../core/render/shared/objects.ts';
import { isInvalid } from '../../kubernetes/client/errors.ts';
import type { ApiError } from '../../kubernetes/client/errors.ts';
import type { Applied, Applier, Desired } from '../../runtime/applier.ts';

export type StatefulSetResult = Applied | 'deleting' | 'recreating';

export interface StatefulSetDeps {
  readonly applier: Applier;
  readonly logger: Logger;
  readonly observeRecreate: () => void;
}

function nameCauses(error: ApiError): string {
  const causes = error.details?.causes ?? [];
  return causes.length === 0
    ? error.message
    : causes.map(({ field = '', message = '' }) => `${field}: ${message}`).join('; ');
}

/**
 * Brings one StatefulSet to what is desired (contract/operator-runtime.md 3.6). When the server says 422 Invalid, a field
 * changed that cannot be changed in place: the set is deleted with foreground propagation, and the sync that its deletion
 * wakes makes it anew. A set that is being deleted is left alone until it is gone.
 * @param live as the cache has it.
 */
export async function applyStatefulSet(
  deps: StatefulSetDeps,
  desired: Desired<StatefulSet>,
  live: StatefulSet | undefined,
): Promise<StatefulSetResult> {
  const { applier, logger, observeRecreate } = deps;
  if (live?.metadata.deletionTimestamp !== undefined) return 'deleting';
  try {
    return await applier.apply(desired);
  } catch (error) {
    if (!isInvalid(error) || live === undefined) throw error;
    const { namespace = '', name = '', uid } = live.metadata;
    logger.warn('StatefulSet cannot be changed in place: it is deleted and made anew', {
      namespace,
      name,
      causes: nameCauses(error),
    });
    observeRecreate();
    await applier.delete(
      statefulSetType,
      { namespace, name },
      { propagationPolicy: 'Foreground', ...(uid === undefined ? {} : { uid }) },
    );
    return 'recreating';
  }
}
