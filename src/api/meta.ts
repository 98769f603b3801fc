/** Shapes that every Kubernetes object shares, as plain JSON (times are RFC 3339 strings, never Date objects). */

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  manager?: string;
  operation?: string;
  apiVersion?: string;
  time?: string;
  fieldsType?: string;
  fieldsV1?: Record<string, unknown>;
  subresource?: string;
}

export interface ObjectMeta {
  name?: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  managedFields?: ManagedFieldsEntry[];
}

/** Any object of the API. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
}

/** An object of which only the metadata is known (PartialObjectMetadata). */
export type ObjectMetadata = KubernetesObject;

export interface LabelSelectorRequirement {
  key: string;
  operator: string;
  values?: string[];
}

/** Null selects nothing or "own namespace", {} selects everything: each use says which (docs/reference/rendering.md 3.1). */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: LabelSelectorRequirement[];
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  observedGeneration?: number;
}

/** A namespaced object's identity inside its kind. */
export interface NamespacedName {
  namespace: string;
  name: string;
}

/** How the API names a resource type. `plural` is the path segment. */
export interface ResourceType {
  /** "" for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
}

/** "namespace/name", or "name" for cluster-scoped objects: client-go's MetaNamespaceKeyFunc. */
export function keyOf(object: KubernetesObject): string {
  const { namespace, name = '' } = object.metadata;
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

/** Splits what `keyOf` made. */
export function splitKey(key: string): NamespacedName {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, Math.max(0, slash)), name: key.slice(slash + 1) };
}

/** "group/version", or "version" for the core group. */
export function apiVersionOf(type: Pick<ResourceType, 'group' | 'version'>): string {
  return type.group === '' ? type.version : `${type.group}/${type.version}`;
}

/** The longest name that an object can have (a DNS subdomain). */
const longestName = 253;

/**
 * Whether an object can have this name: a DNS subdomain, which the names of most kinds are, those of Secrets and ConfigMaps
 * among them. What cannot be a name need not be asked for, and must not become a part of a path.
 */
export function isObjectName(name: string): boolean {
  if (name.length > longestName) return false;
  return name.split('.').every((label) => /^[-a-z0-9]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-'));
}

/**
 * Whether the state of an object came before another state of the same resource. False for what cannot be compared: only
 * resourceVersions that are decimal numbers have an order (Kubernetes API concepts, "Resource versions").
 */
export function isOlderVersion(version: string | undefined, than: string | undefined): boolean {
  if (version === undefined || than === undefined || ![version, than].every((one) => /^[1-9]\d*$/.test(one)))
    return false;
  return version.length === than.length ? version < than : version.length < than.length;
}
