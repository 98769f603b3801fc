/** Objects of several types at one moment; what the server refuses is told, and hinders nothing. */
import type { KubernetesObject, ResourceType } from '../api/meta.ts';
import { listPages } from './cache/list-pages.ts';
import type { KubernetesClient } from './client/client.ts';
import { isForbidden, isNotFound } from './client/errors.ts';

/** Objects as they were read, and what the API server refused: a refusal is something to say, no failure. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  /** Such as "cannot list pods in all namespaces: forbidden". */
  readonly refusals: readonly string[];
}

/** What a read was refused for: not allowed, or a resource that the server does not have. */
export function describeRefusal(type: ResourceType, namespace: string, status: number): string {
  const resource = type.group === '' ? type.plural : `${type.plural}.${type.group}`;
  const where = !type.namespaced ? '' : ` in ${namespace === '' ? 'all namespaces' : `namespace ${namespace}`}`;
  return `cannot list ${resource}${where}: ${status === 404 ? 'the API server has no such resource' : 'forbidden'}`;
}

export interface ListSource {
  readonly client: KubernetesClient;
  /** All namespaces when absent or empty. */
  readonly namespaces?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/**
 * Lists all objects of some types.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export async function listObjects(
  { client, namespaces = [], signal }: ListSource,
  types: readonly ResourceType[],
): Promise<ReadObjects> {
  const objects: KubernetesObject[] = [];
  const refusals: string[] = [];
  const list = async (type: ResourceType, namespace: string): Promise<void> => {
    try {
      objects.push(...(await listPages<KubernetesObject>({ client, type, namespace, signal })).objects);
    } catch (error) {
      if (!isForbidden(error) && !isNotFound(error)) throw error;
      refusals.push(describeRefusal(type, namespace, error.status));
    }
  };
  const scopeOf = (type: ResourceType): readonly string[] =>
    type.namespaced && namespaces.length > 0 ? namespaces : [''];
  await Promise.all(types.flatMap((type) => scopeOf(type).map((namespace) => list(type, namespace))));
  return { objects, refusals: refusals.sort() };
}
