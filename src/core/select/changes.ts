import type { KubernetesObject, OwnerReference } from '../../api/meta.ts';

/** Predicates over (old, new): which events matter (docs/reference/operator-runtime.md 3.1). */

type Map = Readonly<Record<string, string>> | undefined;

function isSameMap(a: Map = {}, b: Map = {}): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

export function hasNewLabels(previous: KubernetesObject, current: KubernetesObject): boolean {
  return !isSameMap(previous.metadata.labels, current.metadata.labels);
}

/** The spec changed: the server counts that. */
export function hasNewGeneration(previous: KubernetesObject, current: KubernetesObject): boolean {
  return previous.metadata.generation !== current.metadata.generation;
}

/** Spec, labels or annotations changed, or deletion began; a write to status alone is none of these. */
export function isChanged(previous: KubernetesObject, current: KubernetesObject): boolean {
  return (
    hasNewGeneration(previous, current) ||
    hasNewLabels(previous, current) ||
    !isSameMap(previous.metadata.annotations, current.metadata.annotations) ||
    previous.metadata.deletionTimestamp !== current.metadata.deletionTimestamp ||
    previous.metadata.uid !== current.metadata.uid
  );
}

/** The object that controls this one, when it is of the given kind in our group. */
export function controllerOf(object: KubernetesObject, kind: string): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(
    (owner) =>
      owner.controller === true && owner.kind === kind && owner.apiVersion.startsWith('monitoring.coreos.com/'),
  );
}
