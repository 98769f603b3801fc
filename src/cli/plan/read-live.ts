import {
  configMapType,
  daemonSetType,
  disruptionBudgetType,
  networkPolicyType,
  secretType,
  serviceType,
  statefulSetType,
  storageClassType,
  volumeClaimType,
} from '../../api/builtin-types.ts';
import type { KubernetesObject, NamespacedName, ResourceType } from '../../api/meta.ts';
import { isObjectName } from '../../api/meta.ts';
import { createLister } from '../../core/manifests/sources.ts';
import { listStorageClasses } from '../../core/plan/volume-changes.ts';
import type { KnownVolumes } from '../../core/plan/volume-changes.ts';
import type { VolumeClaimObject } from '../../core/status/volume-claims.ts';
import type { GuardModes } from '../../core/settings.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import { requestsAtOnce } from '../limits.ts';

export interface ReadOptions {
  readonly client: KubernetesClient;
  readonly signal: AbortSignal;
}

export interface LiveRead {
  readonly objects: readonly KubernetesObject[];
  readonly refusals: readonly Refusal[];
}

const managed = 'managed-by=prometheus-operator';

const allTypes: readonly ResourceType[] = [
  ...[secretType, configMapType, serviceType, statefulSetType, daemonSetType],
  ...[disruptionBudgetType, networkPolicyType],
];

/** What the operator writes beside custom resources. */
function listWrittenTypes({ podDisruptionBudgets, networkPolicies }: GuardModes): readonly ResourceType[] {
  return allTypes.filter(
    (type) =>
      (type !== disruptionBudgetType || podDisruptionBudgets !== 'off') &&
      (type !== networkPolicyType || networkPolicies !== 'off'),
  );
}

/**
 * All that the operator has written, by its label; where all namespaces may not be listed, that of the namespaces that are given.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export async function readWritten(
  options: ReadOptions,
  namespaces: readonly string[],
  guards: GuardModes,
): Promise<LiveRead> {
  const read = { ...options, labelSelector: managed };
  const all = await listObjects(read, listWrittenTypes(guards));
  const refused = all.refusals.filter(({ why }) => why === 'forbidden').map(({ type }) => type);
  if (refused.length === 0 || namespaces.length === 0) return all;
  const some = await listObjects({ ...read, namespaces }, refused);
  return { objects: [...all.objects, ...some.objects], refusals: some.refusals };
}

/** An object that is asked for by its name. */
export interface Wanted {
  readonly type: ResourceType;
  readonly name: NamespacedName;
}

const typeOf = (kind: string): ResourceType | undefined => allTypes.find((type) => type.kind === kind);

/** Objects that the operator is to write and that were not found by its label: somebody may have taken that off. */
export function listMissing(written: readonly KubernetesObject[], found: readonly KubernetesObject[]): Wanted[] {
  const nameOf = ({ kind = '', metadata }: KubernetesObject): string =>
    `${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  const known = new Set(found.map(nameOf));
  return written.flatMap((object) => {
    const type = typeOf(object.kind ?? '');
    const { namespace = '', name = '' } = object.metadata;
    return type === undefined || known.has(nameOf(object)) ? [] : [{ type, name: { namespace, name } }];
  });
}

/** Reads objects by name; those that are not there are left out. @throws {ApiError | TransportError} */
export async function readNamed({ client, signal }: ReadOptions, wanted: readonly Wanted[]): Promise<LiveRead> {
  const possible = wanted.filter(({ name }) => isObjectName(name.name));
  const objects: KubernetesObject[] = [];
  const refusals: Refusal[] = [];
  const readOne = async ({ type, name }: Wanted): Promise<void> => {
    try {
      objects.push(await client.get(type, name, { signal }));
    } catch (error) {
      if (isNotFound(error)) return;
      if (!isForbidden(error)) throw error;
      refusals.push({ verb: 'get', type, ...name, why: 'forbidden' });
    }
  };
  for (let at = 0; at < possible.length; at += requestsAtOnce)
    await Promise.all(possible.slice(at, at + requestsAtOnce).map(readOne));
  return { objects, refusals };
}

/**
 * The StorageClasses that there are, those of manifests among them; where they may not be read, any name is believed in. And claims by
 * their names.
 */
export async function readVolumes(
  options: ReadOptions,
  claims: readonly NamespacedName[],
  applied: readonly KubernetesObject[],
): Promise<KnownVolumes> {
  const { objects, refusals } = await listObjects(options, [storageClassType]);
  const storageClasses = listStorageClasses([...objects, ...applied]);
  const found = await readNamed(
    options,
    claims.map((name) => ({ type: volumeClaimType, name })),
  );
  const lister = createLister(found.objects as VolumeClaimObject[]);
  return {
    hasStorageClass: (name) => refusals.length > 0 || storageClasses.some(({ metadata }) => metadata.name === name),
    storageClasses,
    findClaim: ({ namespace, name }) => lister.get(namespace, name),
  };
}
