/** Objects of several types at one moment; what the server refuses is told, and hinders nothing. */
import type { KubernetesObject, ResourceType } from '../api/meta.ts';
import { listPages } from './cache/list-pages.ts';
import type { KubernetesClient } from './client/client.ts';
import { isForbidden, isNotFound } from './client/errors.ts';

/** A list that the API server refused: something to say, no failure. */
export interface ListRefusal {
  readonly verb: 'list';
  readonly type: ResourceType;
  /** "" for all namespaces, or a resource that is in none. */
  readonly namespace: string;
  /** `absent`: the server does not have the resource. */
  readonly why: 'forbidden' | 'absent';
}

export interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  readonly refusals: readonly ListRefusal[];
}

export interface ListSource {
  readonly client: KubernetesClient;
  /** All namespaces when absent or empty. */
  readonly namespaces?: readonly string[] | undefined;
  readonly labelSelector?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Lists all objects of some types.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export async function listObjects(
  { client, namespaces = [], labelSelector, signal }: ListSource,
  types: readonly ResourceType[],
): Promise<ReadObjects> {
  const objects: KubernetesObject[] = [];
  const refusals: ListRefusal[] = [];
  const list = async (type: ResourceType, namespace: string): Promise<void> => {
    try {
      objects.push(...(await listPages<KubernetesObject>({ client, type, namespace, labelSelector, signal })).objects);
    } catch (error) {
      if (!isForbidden(error) && !isNotFound(error)) throw error;
      refusals.push({ verb: 'list', type, namespace, why: isNotFound(error) ? 'absent' : 'forbidden' });
    }
  };
  const scopeOf = (type: ResourceType): readonly string[] =>
    type.namespaced && namespaces.length > 0 ? namespaces : [''];
  await Promise.all(types.flatMap((type) => scopeOf(type).map((namespace) => list(type, namespace))));
  return { objects, refusals };
}
