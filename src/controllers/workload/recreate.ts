import type { KubernetesObject } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { StatusCause } from '../../kubernetes/client/errors.ts';
import { ApiError, isAbsent, isInvalid } from '../../kubernetes/client/errors.ts';
import type { Applied, Applier, Desired } from '../../runtime/applier.ts';

export interface RecreateDeps {
  readonly applier: Applier;
  readonly client: Pick<KubernetesClient, 'create' | 'get'>;
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
async function requireReplaceable<T extends KubernetesObject>(
  { client, fence }: RecreateDeps,
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

/** Whether the set is gone or going as the server has it: the cache may not have heard of a deletion yet, also not of our own. */
async function isGoing<T extends KubernetesObject>(
  { client }: RecreateDeps,
  { type }: Desired<T>,
  { metadata: { namespace = '', name = '' } }: T,
): Promise<boolean> {
  try {
    return (await client.get<T>(type, { namespace, name })).metadata.deletionTimestamp !== undefined;
  } catch (error) {
    if (isAbsent(error)) return true;
    throw error;
  }
}

/** Deletes a set with its pods, so that the sync that its deletion wakes makes it anew (docs/reference/operator-runtime.md 3.6). */
async function recreate<T extends KubernetesObject>(
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

export type SetResult = Applied | 'deleting' | 'recreating';

/**
 * Brings one set to what is desired (docs/reference/operator-runtime.md 3.6). When the server says that a field cannot be changed
 * in place, and would take the new set: the set is deleted with foreground propagation, once, and the sync that its deletion wakes
 * makes it anew. A set that is being deleted is left alone until it is gone.
 * @param live as the cache has it.
 * @param release what must be done, or must have happened, before it may be deleted; throws where it has not.
 * @throws {Error} naming field and value when the server refuses what is desired; what runs stays as it is.
 */
export async function applyReplaceable<T extends KubernetesObject>(
  deps: RecreateDeps,
  desired: Desired<T>,
  { live, release }: { readonly live: T | undefined; readonly release?: (live: T, refusal: ApiError) => Promise<void> },
): Promise<SetResult> {
  if (live?.metadata.deletionTimestamp !== undefined) return 'deleting';
  try {
    return await deps.applier.apply(desired);
  } catch (error) {
    if (!isInvalid(error) || live === undefined) throw error;
    if (await isGoing(deps, desired, live)) return 'deleting';
    await requireReplaceable(deps, desired, error);
    await release?.(live, error);
    return await recreate(deps, desired, { live, refusal: error });
  }
}
