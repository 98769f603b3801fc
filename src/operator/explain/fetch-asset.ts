import { configMapType, secretType } from '../../api/builtin-types.ts';
import { isObjectName } from '../../api/meta.ts';
import type { AssetObject, ObjectReference } from '../../core/assets/store.ts';
import type { AssetAnswer } from '../../core/explain/questions.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';

/**
 * Reads a Secret or ConfigMap by name; what no object can be called is not asked for.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export async function fetchAsset(
  client: Pick<KubernetesClient, 'get'>,
  { kind, namespace, name }: ObjectReference,
  signal: AbortSignal,
): Promise<AssetAnswer> {
  const missing: AssetAnswer = { found: undefined, refusals: [], beside: [] };
  if (!isObjectName(name)) return missing;
  const type = kind === 'Secret' ? secretType : configMapType;
  try {
    return { ...missing, found: await client.get<AssetObject>(type, { namespace, name }, { signal }) };
  } catch (error) {
    if (isNotFound(error)) return missing;
    if (!isForbidden(error)) throw error;
    return { ...missing, refusals: [{ verb: 'get', type, namespace, name, why: 'forbidden' }] };
  }
}
