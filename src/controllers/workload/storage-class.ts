import { storageClassType } from '../../api/builtin-types.ts';
import { isObjectName } from '../../api/meta.ts';
import { InvalidFieldError } from '../../core/findings.ts';
import { rejectStorageClass } from '../../core/render/shared/storage-class.ts';
import type { AccessRequest } from '../../kubernetes/access.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isAbsent } from '../../kubernetes/client/errors.ts';

export interface StorageClassDeps {
  readonly client: Pick<KubernetesClient, 'get'>;
  readonly isAllowed: (request: AccessRequest) => Promise<boolean>;
}

/**
 * A StorageClass that does not exist would leave pods pending without a word. Where it may not be read, it is believed in.
 * @throws {InvalidFieldError} when there is none of that name.
 */
export async function requireStorageClass(
  { client, isAllowed }: StorageClassDeps,
  name: string | undefined,
): Promise<void> {
  if (name === undefined || name === '') return;
  if (!isObjectName(name)) throw new InvalidFieldError(rejectStorageClass(name));
  const { group, plural: resource } = storageClassType;
  if (!(await isAllowed({ verb: 'get', group, resource, name }))) return;
  try {
    await client.get(storageClassType, { namespace: '', name });
  } catch (error) {
    if (isForbidden(error)) return;
    if (!isAbsent(error)) throw error;
    throw new InvalidFieldError(rejectStorageClass(name));
  }
}
