import {
  configMapType,
  endpointSliceType,
  endpointsType,
  ingressType,
  jobType,
  namespaceType,
  nodeType,
  podType,
  replicaSetType,
  secretType,
  serviceType,
  storageClassType,
} from '../../api/builtin-types.ts';
import { customKinds } from '../../api/kinds.ts';
import { apiVersionOf } from '../../api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { ExitError, exitCodes } from '../io.ts';

/** All that a plan depends on: what the operator reads, and what targets are discovered from. */
const types: readonly ResourceType[] = [
  ...customKinds.flatMap(({ type, versions }) => versions.map(({ version }) => ({ ...type, version }))),
  ...[namespaceType, secretType, configMapType, serviceType, storageClassType],
  ...[podType, endpointsType, endpointSliceType, nodeType, ingressType, replicaSetType, jobType],
];

/** A manifest that a plan depends on, and its type. */
export interface TypedManifest {
  readonly type: ResourceType;
  readonly object: KubernetesObject;
}

/**
 * The manifests that a plan depends on, each in the namespace that kubectl puts it into.
 * @param namespace of `--namespace`, else of the context
 * @throws {ExitError} for a manifest of another namespace than `--namespace`, as kubectl does
 */
export function placeManifests(
  manifests: readonly KubernetesObject[],
  namespace: string,
  isGiven: boolean,
): TypedManifest[] {
  return manifests.flatMap((object) => {
    const type = types.find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
    if (type === undefined) return [];
    if (!type.namespaced) return [{ type, object }];
    const own = object.metadata.namespace ?? '';
    if (isGiven && own !== '' && own !== namespace)
      throw new ExitError(
        exitCodes.usage,
        `Cannot use --namespace "${namespace}": ${type.kind} "${object.metadata.name ?? ''}" is in namespace "${own}"`,
      );
    return [{ type, object: { ...object, metadata: { ...object.metadata, namespace: own === '' ? namespace : own } } }];
  });
}
