import { daemonSetType, statefulSetType } from '../../api/builtin-types.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { SetWrite } from '../../core/plan/set-writes.ts';
import { ApiError, isConflict, isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';
import { requestsAtOnce } from '../limits.ts';
import type { ReadOptions } from './read-live.ts';

/** What the API server says of sets that it was asked to take in a dry run. */
export interface TriedSets {
  /** Undefined: it takes the set, or could not be asked. */
  refusalOf(set: KubernetesObject): string | undefined;
  /** It does not let the user ask. */
  readonly isForbidden: boolean;
}

const idOf = ({ kind = '', metadata }: KubernetesObject): string =>
  `${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

/** Sends sets as the operator would, in a dry run. @throws {TransportError} */
export async function trySets(writes: readonly SetWrite[], options: ReadOptions): Promise<TriedSets> {
  const refusals = new Map<string, string>();
  let forbidden = false;
  const tryOne = async (write: SetWrite): Promise<void> => {
    try {
      await send(write, options);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (isForbidden(error)) forbidden = true;
      else if (!isNotFound(error) && !isConflict(error)) refusals.set(idOf(write.object), describe(write, error));
    }
  };
  for (let at = 0; at < writes.length; at += requestsAtOnce)
    await Promise.all(writes.slice(at, at + requestsAtOnce).map(tryOne));
  return { refusalOf: (set) => refusals.get(idOf(set)), isForbidden: forbidden };
}

/** Under its own name every answer could be that a set exists: one that is made anew is tried under another. */
async function send({ action, object }: SetWrite, { client, signal }: ReadOptions): Promise<void> {
  const type = object.kind === statefulSetType.kind ? statefulSetType : daemonSetType;
  const common = { dryRun: true, signal };
  if (action === 'update') {
    await client.update(type, object, common);
    return;
  }
  const { name = '', ...metadata } = object.metadata;
  await client.create(type, { ...object, metadata: { ...metadata, generateName: `${name}-` } }, common);
}

/** Fields and values; the name that the server gave it in the dry run says nothing. */
function describe({ object }: SetWrite, { details, message }: ApiError): string {
  const fields = (details?.causes ?? []).filter(({ field = '' }) => field !== '');
  const why =
    fields.length === 0 ? message : fields.map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`).join('; ');
  return `The API server does not take ${object.kind ?? ''} "${object.metadata.name ?? ''}": ${why}`;
}
