import type { KubernetesObject } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { StatusCause } from '../../kubernetes/client/errors.ts';
import { ApiError } from '../../kubernetes/client/errors.ts';
import type { Applier, Desired } from '../../runtime/applier.ts';

export interface RecreateDeps {
  readonly applier: Applier;
  readonly client: Pick<KubernetesClient, 'create'>;
  readonly fence: () => void;
  readonly logger: Logger;
  readonly observeRecreate: () => void;
}

/**
 * Whether a field cannot be changed in place, not: has a value that is wrong. A StatefulSet says it of its whole spec, other
 * kinds of a field; what a policy or webhook refuses names neither.
 */
function isImmutable({ field, reason, message = '' }: StatusCause): boolean {
  return (field === 'spec' && reason === 'FieldValueForbidden') || message.endsWith('field is immutable');
}

/** Fields and values; what names none says it in its own words, but for the name of a dry run, which is another each time. */
function nameCauses({ details: { name = '', causes = [] } = {}, message }: ApiError): string {
  const fields = causes.filter(({ field = '' }) => field !== '');
  if (fields.length === 0) return name === '' ? message : message.replaceAll(`"${name}"`, 'it');
  return fields.map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`).join('; ');
}

/**
 * Says whether a set may be deleted to be made anew after the server refused to change it: only for fields that cannot be
 * changed in place, and only when the server would take the new one. That is asked with a dry run under a name of the
 * server's choice, since under the set's own name every answer could be that it exists.
 * @throws {Error} naming field and value when it may not; the running set stays as it is.
 */
export async function requireReplaceable<T extends KubernetesObject>(
  { client, fence }: Pick<RecreateDeps, 'client' | 'fence'>,
  { type, object, create }: Desired<T>,
  refusal: ApiError,
): Promise<void> {
  const what = `${type.kind} "${object.metadata.name ?? ''}"`;
  if (!(refusal.details?.causes ?? []).some(isImmutable)) {
    throw new Error(`Cannot update ${what}, the running one stays`, { cause: refusal });
  }
  const { name = '', ...metadata } = (create?.(object) ?? object).metadata;
  fence();
  try {
    await client.create(type, { ...object, metadata: { ...metadata, generateName: `${name}-` } }, { dryRun: true });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Error(`Cannot make ${what} anew, the running one stays: ${nameCauses(error)}`, { cause: refusal });
  }
}

/** Deletes a set with its pods, so that the sync that its deletion wakes makes it anew (docs/reference/operator-runtime.md 3.6). */
export async function recreate<T extends KubernetesObject>(
  { applier, logger, observeRecreate }: RecreateDeps,
  { type }: Desired<T>,
  { live, refusal }: { readonly live: T; readonly refusal: ApiError },
): Promise<'recreating'> {
  const { namespace = '', name = '', uid } = live.metadata;
  logger.warn(`${type.kind} cannot be changed in place: it is deleted and made anew`, {
    namespace,
    name,
    causes: nameCauses(refusal),
  });
  observeRecreate();
  await applier.delete(type, { namespace, name }, { propagationPolicy: 'Foreground', uid });
  return 'recreating';
}
