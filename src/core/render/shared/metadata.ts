import type { KubernetesObject, ObjectMeta, OwnerReference } from '../../../api/meta.ts';
import type { OperatorSettings } from '../../settings.ts';

/** On every object the operator makes (docs/reference/rendering.md 8.3). */
export const managedByLabels: Readonly<Record<string, string>> = {
  'managed-by': 'prometheus-operator',
  'app.kubernetes.io/managed-by': 'prometheus-operator',
};

/** The custom resource that an object is made for. apiVersion and kind are ours: list items carry none. */
export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** The custom resource with its type filled in. */
export function asOwner(object: KubernetesObject, type: { apiVersion: string; kind: string }): Owner {
  return {
    apiVersion: object.apiVersion ?? type.apiVersion,
    kind: object.kind ?? type.kind,
    metadata: object.metadata,
  };
}

/** A reference without `controller`: of objects that several owners share. */
export function referToOwner(owner: Owner): OwnerReference {
  const { name = '', uid = '' } = owner.metadata;
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid };
}

/** The reference of an owner that manages the object: it is deleted with the owner, and the owner waits for that. */
export function referToController(owner: Owner): OwnerReference {
  return { ...referToOwner(owner), controller: true, blockOwnerDeletion: true };
}

/** An object as the operator would make it; empty maps are left out. */
export interface MetadataInput {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences: readonly OwnerReference[];
}

/** Metadata with managed-by labels, the given ones, and `--labels` and `--annotations` over them. */
export function renderMetadata(input: MetadataInput, settings: OperatorSettings): ObjectMeta {
  const annotations = { ...input.annotations, ...settings.annotations };
  return {
    name: input.name,
    ...(input.namespace === undefined ? {} : { namespace: input.namespace }),
    labels: { ...managedByLabels, ...input.labels, ...settings.labels },
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ownerReferences: [...input.ownerReferences],
  };
}
