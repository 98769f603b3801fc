import type { ResourceType } from '../../api/meta.ts';
import type { MergeSchema } from '../../base/merge-keys.ts';
import type { ApiObject } from '../api.ts';
import type { Schema } from '../schema/schema.ts';
import type { Strategy } from '../strategies/strategy.ts';
import type { Column } from '../table/column.ts';

/** Where the scale subresource reads and writes, as dotted JSON paths (".spec.replicas"). */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  /** Path of a selector, either a string or a metav1.LabelSelector. */
  readonly labelSelectorPath?: string;
}

/** One version of one resource, as it is served. */
export interface Resource extends ResourceType {
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  /** The version that is stored and preferred. */
  readonly storage: boolean;
  /** Where the store keeps it: the same for all versions of a resource. */
  readonly collection: string;
  readonly status: boolean;
  readonly scale: ScalePaths | undefined;
  readonly schema: Schema;
  readonly mergeSchema: MergeSchema;
  readonly strategy: Strategy;
  readonly columns: readonly Column[];
  /** Field selectors besides metadata.name and metadata.namespace, as dotted paths. */
  readonly selectableFields: readonly string[];
  /** True for resources of CustomResourceDefinitions. */
  readonly custom: boolean;
  /** Text for a Warning header when this version is used. */
  readonly deprecation?: string;
  /** Between the stored form and the one of this version, where they differ in more than apiVersion. */
  readonly conversion?: Conversion;
  /** Set for resources that are asked and not stored (SubjectAccessReview): answers a create. */
  readonly review?: Review;
}

export interface Conversion {
  readonly toStorage: (object: ApiObject) => ApiObject;
  readonly fromStorage: (object: ApiObject) => ApiObject;
}

/** Who asks, as authentication found out. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** Who asks, and who is known besides. */
export interface Asker {
  readonly user: User;
  /** Users by bearer token. */
  readonly tokens: ReadonlyMap<string, User>;
}

export type Review = (object: ApiObject, asker: Asker) => ApiObject;

/** The key of an object in the store. */
export function storageKey(resource: Pick<Resource, 'namespaced'>, namespace: string, name: string): string {
  return resource.namespaced ? `${namespace}/${name}` : name;
}
