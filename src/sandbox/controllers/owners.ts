/** Who owns whom: controller references and label selectors. */
import type { LabelSelector, LabelSelectorRequirement, ObjectMeta, OwnerReference } from '../../api/meta.ts';
import type { ApiObject } from '../api.ts';

/** The reference that makes `owner` the controller of an object. */
export function renderControllerReference(owner: ApiObject): OwnerReference {
  return { ...renderOwnerReference(owner), controller: true, blockOwnerDeletion: true };
}

export function renderOwnerReference({ apiVersion, kind, metadata }: ApiObject): OwnerReference {
  return { apiVersion, kind, name: metadata.name ?? '', uid: metadata.uid ?? '' };
}

/** The reference to the controlling owner, if there is one. */
export function controllerOf({ metadata }: { metadata: ObjectMeta }): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

export function isControlledBy(object: { metadata: ObjectMeta }, owner: ApiObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

export function isTerminating({ metadata }: { metadata: ObjectMeta }): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** True when the labels satisfy the selector; an empty selector selects everything. */
export function isSelected(selector: LabelSelector, labels: Readonly<Record<string, string>> = {}): boolean {
  const exact = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return exact && (selector.matchExpressions ?? []).every((requirement) => isSatisfied(requirement, labels));
}

function isSatisfied(requirement: LabelSelectorRequirement, labels: Readonly<Record<string, string>>): boolean {
  const { key, operator, values = [] } = requirement;
  const value = labels[key];
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'In') return value !== undefined && values.includes(value);
  return value === undefined || !values.includes(value);
}
