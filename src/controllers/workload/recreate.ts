import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import type { ApiError } from '../../kubernetes/client/errors.ts';
import type { Applier } from '../../runtime/applier.ts';

export interface RecreateDeps {
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

/** Deletes a set with its pods, so that the sync that its deletion wakes makes it anew (docs/reference/operator-runtime.md 3.6). */
export async function recreate(
  { applier, logger, observeRecreate }: RecreateDeps,
  type: ResourceType,
  live: KubernetesObject,
  cause: ApiError,
): Promise<'recreating'> {
  const { namespace = '', name = '', uid } = live.metadata;
  logger.warn(`${type.kind} cannot be changed in place: it is deleted and made anew`, {
    namespace,
    name,
    causes: nameCauses(cause),
  });
  observeRecreate();
  await applier.delete(type, { namespace, name }, { propagationPolicy: 'Foreground', uid });
  return 'recreating';
}
