import { customKinds } from '../../api/kinds.ts';
import { namespaceType } from '../../api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Refusal } from '../../core/refusal.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import { readOperatorObjects } from '../cluster/sources.ts';
import type { ReadOptions } from './read-live.ts';

/** The custom resources and Namespaces of a cluster, as far as they may be read. */
export interface LiveSources {
  readonly objects: readonly KubernetesObject[];
  /** What the server does not have is none of these. */
  readonly refusals: readonly Refusal[];
  /** Whether all objects of a kind in a namespace are known; of all namespaces when it is undefined. */
  isKnown(kind: string, namespace: string | undefined): boolean;
}

const ours: readonly ResourceType[] = customKinds.map(({ type }) => type);

/**
 * Reads all namespaces, and where that is forbidden those that are given.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export async function readLiveSources(
  { client, signal }: ReadOptions,
  namespaces: readonly string[],
): Promise<LiveSources> {
  const all = await readOperatorObjects(client, signal);
  const refusals = all.refusals.filter(({ why }) => why === 'forbidden');
  const refused = new Set(refusals.map(({ type }) => type.kind));
  const types = ours.filter(({ kind }) => refused.has(kind));
  const some =
    types.length === 0 || namespaces.length === 0
      ? { objects: [], refusals: [] }
      : await listObjects({ client, namespaces, signal }, types);
  const again = new Set(some.refusals.map(({ type, namespace }) => `${type.kind}/${namespace}`));
  return {
    objects: [...all.objects, ...some.objects],
    refusals,
    isKnown: (kind, namespace) => {
      if (!refused.has(kind)) return true;
      if (namespace === undefined || kind === namespaceType.kind) return false;
      return namespaces.includes(namespace) && !again.has(`${kind}/${namespace}`);
    },
  };
}
