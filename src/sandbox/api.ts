/**
 * The sandbox from inside: what its own controllers and tests use instead of HTTP. Every call goes the way of an HTTP
 * request (decoding, defaulting, validation, admission, storage) and is synchronous: when it returns, the store has it.
 * Refusals are thrown as StatusError. Objects that come out are shared with the store: never change them, copy first.
 */
import type { KubernetesObject, NamespacedName, ObjectMeta, ResourceType } from '../api/meta.ts';

/** An object of the API as plain JSON. */
export interface ApiObject extends KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/** Names a resource: `{ group: 'apps', plural: 'statefulsets' }`. Without version it is the preferred one. */
export interface ResourceName {
  readonly group: string;
  readonly plural: string;
  readonly version?: string;
}

/** Names an object; cluster-scoped ones have namespace "". */
export type ObjectName = NamespacedName;

export interface ListOptions {
  /** All namespaces when absent or "". */
  readonly namespace?: string;
  /** As in a query: "app=web,tier!=db". */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface ObjectList {
  readonly items: readonly ApiObject[];
  readonly resourceVersion: string;
}

export interface WriteOptions {
  readonly fieldManager?: string;
  readonly dryRun?: boolean;
}

export type PatchKind = 'json' | 'merge' | 'strategic' | 'apply';

export interface PatchRequest {
  readonly kind: PatchKind;
  /** Operations for `json`, an object for the others. */
  readonly body: unknown;
  readonly subresource?: 'status' | 'scale';
  readonly fieldManager?: string;
  /** Takes over fields of other appliers (`apply` only). */
  readonly force?: boolean;
}

export type PropagationPolicy = 'Foreground' | 'Background' | 'Orphan';

export interface DeleteRequest {
  readonly propagationPolicy?: PropagationPolicy;
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

export type ObjectEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: ApiObject }
  | { readonly type: 'BOOKMARK'; readonly object: ApiObject };

export interface WatchRequest extends ListOptions {
  /**
   * Events after this resourceVersion. Absent: first an ADDED for every object there is, then what follows.
   * Older than the history: throws StatusError 410 Expired.
   */
  readonly resourceVersion?: string;
}

export interface WatchHandle {
  stop(): void;
}

export interface SandboxApi {
  /** Every resource type that is served, in its storage version; CRDs included as they come and go. */
  resources(): readonly ResourceType[];
  /** The object, or undefined when it does not exist. */
  get(resource: ResourceName, name: ObjectName): ApiObject | undefined;
  list(resource: ResourceName, options?: ListOptions): ObjectList;
  /** The namespace is that of the object's metadata. */
  create(resource: ResourceName, object: KubernetesObject, options?: WriteOptions): ApiObject;
  /** Replaces all but status. A resourceVersion in the object that is not the stored one: 409 Conflict. */
  update(resource: ResourceName, object: KubernetesObject, options?: WriteOptions): ApiObject;
  updateStatus(resource: ResourceName, object: KubernetesObject, options?: WriteOptions): ApiObject;
  patch(resource: ResourceName, name: ObjectName, patch: PatchRequest): ApiObject;
  /** False when it did not exist. With finalizers the object stays, marked with a deletionTimestamp. */
  delete(resource: ResourceName, name: ObjectName, options?: DeleteRequest): boolean;
  /** pods/binding: puts a Pod on a node. */
  bind(pod: ObjectName, node: string): void;
  /** namespaces/finalize: takes the finalizers out of spec; a Terminating namespace ends with them. */
  finalizeNamespace(name: string): void;
  /** Calls back in order of writes, never during the call that made the change; stop() is idempotent. */
  watch(resource: ResourceName, request: WatchRequest, handler: (event: ObjectEvent) => void): WatchHandle;
}
