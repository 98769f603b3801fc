import { customKinds } from '../../api/kinds.ts';
import { configMapType, namespaceType, secretType } from '../../api/builtin-types.ts';
import type { ResourceType } from '../../api/meta.ts';
import { isObjectName } from '../../api/meta.ts';
import type { AssetObject, AssetObjects, ObjectReference } from '../../core/assets/store.ts';
import { objectKeyOf } from '../../core/assets/store.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import type { ReadObjects } from '../../kubernetes/list-objects.ts';

/** The stored version of every kind of ours, and Namespaces. */
const operatorTypes: readonly ResourceType[] = [...customKinds.map(({ type }) => type), namespaceType];

/** All that the operator reads but the contents of Secrets and ConfigMaps; `readSources` sorts it. */
export function readOperatorObjects(client: KubernetesClient, signal: AbortSignal): Promise<ReadObjects> {
  return listObjects({ client, signal }, operatorTypes);
}

export interface FetchedAssets {
  readonly assets: AssetObjects;
  readonly refusals: readonly Refusal[];
}

/** Reads Secrets and ConfigMaps by name; missing ones are left out, and what no object can be called is not asked for. @throws {ApiError | TransportError} as `listObjects`. */
export async function fetchAssets(
  client: KubernetesClient,
  references: readonly ObjectReference[],
  signal: AbortSignal,
): Promise<FetchedAssets> {
  const possible = references.filter(({ name }) => isObjectName(name));
  const distinct = new Map(possible.map((reference) => [objectKeyOf(reference), reference]));
  const secrets: AssetObject[] = [];
  const configMaps: AssetObject[] = [];
  const refusals: Refusal[] = [];
  const fetchOne = async ({ kind, namespace, name }: ObjectReference): Promise<void> => {
    const type = kind === 'Secret' ? secretType : configMapType;
    try {
      const found = await client.get<AssetObject>(type, { namespace, name }, { signal });
      (kind === 'Secret' ? secrets : configMaps).push(found);
    } catch (error) {
      if (isNotFound(error)) return;
      if (!isForbidden(error)) throw error;
      refusals.push({ verb: 'get', type, namespace, name, why: 'forbidden' });
    }
  };
  await Promise.all([...distinct.values()].map(fetchOne));
  return { assets: { secrets, configMaps }, refusals };
}
