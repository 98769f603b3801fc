import { customKinds } from '../../api/kinds.ts';
import { configMapType, namespaceType, secretType } from '../../api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { AssetObject, AssetObjects, ObjectReference } from '../../core/assets/store.ts';
import { objectKeyOf } from '../../core/assets/store.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';
import { listPages } from '../../kubernetes/cache/list-pages.ts';

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

/** The stored version of every kind of ours, and Namespaces. */
const operatorTypes: readonly ResourceType[] = [...customKinds.map(({ type }) => type), namespaceType];

/**
 * Lists all objects of some types, in all namespaces.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export async function listObjects(
  client: KubernetesClient,
  types: readonly ResourceType[],
  signal: AbortSignal,
): Promise<ReadObjects> {
  const objects: KubernetesObject[] = [];
  const refusals: string[] = [];
  const list = async (type: ResourceType): Promise<void> => {
    try {
      objects.push(...(await listPages<KubernetesObject>({ client, type, signal })).objects);
    } catch (error) {
      if (!isForbidden(error) && !isNotFound(error)) throw error;
      refusals.push(describeRefusal(type, '', error.status));
    }
  };
  await Promise.all(types.map(list));
  return { objects, refusals: refusals.sort() };
}

/** All that the operator reads but the contents of Secrets and ConfigMaps; `readSources` sorts it. */
export function readOperatorObjects(client: KubernetesClient, signal: AbortSignal): Promise<ReadObjects> {
  return listObjects(client, operatorTypes, signal);
}

export interface FetchedAssets {
  readonly assets: AssetObjects;
  readonly refusals: readonly string[];
}

/** Reads Secrets and ConfigMaps by name; missing ones are left out. @throws {ApiError | TransportError} as `listObjects`. */
export async function fetchAssets(
  client: KubernetesClient,
  references: readonly ObjectReference[],
  signal: AbortSignal,
): Promise<FetchedAssets> {
  const distinct = new Map(references.map((reference) => [objectKeyOf(reference), reference]));
  const secrets: AssetObject[] = [];
  const configMaps: AssetObject[] = [];
  const refusals: string[] = [];
  const fetchOne = async ({ kind, namespace, name }: ObjectReference): Promise<void> => {
    const type = kind === 'Secret' ? secretType : configMapType;
    try {
      const found = await client.get<AssetObject>(type, { namespace, name }, { signal });
      (kind === 'Secret' ? secrets : configMaps).push(found);
    } catch (error) {
      if (isNotFound(error)) return;
      if (!isForbidden(error)) throw error;
      refusals.push(`cannot get ${kind} ${namespace}/${name}: forbidden`);
    }
  };
  await Promise.all([...distinct.values()].map(fetchOne));
  return { assets: { secrets, configMaps }, refusals: refusals.sort() };
}
