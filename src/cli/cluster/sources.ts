import { customKinds } from '../../api/kinds.ts';
import { namespaceType } from '../../api/builtin-types.ts';
import type { ResourceType } from '../../api/meta.ts';
import type { AssetObject, AssetObjects, ObjectReference } from '../../core/assets/store.ts';
import { objectKeyOf } from '../../core/assets/store.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import type { ReadObjects } from '../../kubernetes/list-objects.ts';
import { fetchAsset } from '../../operator/explain/fetch-asset.ts';

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
  const distinct = new Map(references.map((reference) => [objectKeyOf(reference), reference]));
  const secrets: AssetObject[] = [];
  const configMaps: AssetObject[] = [];
  const refusals: Refusal[] = [];
  const fetchOne = async (reference: ObjectReference): Promise<void> => {
    const { found, refusals: refused } = await fetchAsset(client, reference, signal);
    refusals.push(...refused);
    if (found !== undefined) (reference.kind === 'Secret' ? secrets : configMaps).push(found);
  };
  await Promise.all([...distinct.values()].map(fetchOne));
  return { assets: { secrets, configMaps }, refusals };
}
