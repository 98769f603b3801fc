/** A workload's objects: those it controls, plus orphans its selector selects, which it adopts. */
import type { LabelSelector } from '../../api/meta.ts';
import type { ApiObject, SandboxApi } from '../api.ts';
import { controllerOf, isControlledBy, isSelected, isTerminating, renderControllerReference } from './owners.ts';
import type { TypedResource } from './resources.ts';
import { nameOf, readAll } from './resources.ts';

export interface ClaimOptions<T> {
  readonly owner: ApiObject & { readonly spec: { readonly selector: LabelSelector } };
  /** Further condition for adopting an orphan. */
  readonly isMember?: (object: T) => boolean;
}

/**
 * Lists the objects `owner` controls. Orphans that fit are adopted, controlled ones that the selector does not select any
 * more are released, as the workload controllers of Kubernetes do; an owner that is being deleted does neither.
 */
export function claimObjects<T extends ApiObject>(
  api: SandboxApi,
  from: TypedResource<T>,
  options: ClaimOptions<T>,
): T[] {
  const { owner, isMember = () => true } = options;
  const found = readAll(api, from, { namespace: owner.metadata.namespace ?? '' });
  if (isTerminating(owner)) return found.filter((object) => isControlledBy(object, owner));
  return found.flatMap((object) => {
    const fits = isSelected(owner.spec.selector, object.metadata.labels);
    if (isControlledBy(object, owner)) return fits ? [object] : release(api, from, object, owner);
    const isFree = controllerOf(object) === undefined && !isTerminating(object);
    return isFree && fits && isMember(object) ? [adopt(api, from, object, owner)] : [];
  });
}

function adopt<T extends ApiObject>(api: SandboxApi, from: TypedResource<T>, object: T, owner: ApiObject): T {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), renderControllerReference(owner)];
  const body = { metadata: { uid: object.metadata.uid, ownerReferences } };
  return api.patch(from, nameOf(object), { kind: 'merge', body }) as T;
}

function release<T extends ApiObject>(api: SandboxApi, from: TypedResource<T>, object: T, owner: ApiObject): T[] {
  const ownerReferences = object.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid);
  const body = { metadata: { uid: object.metadata.uid, ownerReferences } };
  api.patch(from, nameOf(object), { kind: 'merge', body });
  return [];
}
