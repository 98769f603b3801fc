import type { KubernetesObject } from '../../../api/meta.ts';
import type { StatefulSet } from './rendered-objects.ts';

const kept = 'kubectl.kubernetes.io/';

/** Whether the pod was made by a set of that name that is gone, and waits for the next one. */
export function isOrphanOf({ metadata }: KubernetesObject, set: string): boolean {
  const { name = '', ownerReferences = [], deletionTimestamp } = metadata;
  const isFree = deletionTimestamp === undefined && !ownerReferences.some(({ controller }) => controller === true);
  return isFree && name.startsWith(`${set}-`) && /^\d+$/.test(name.slice(set.length + 1));
}

/**
 * The set as it is to be created where pods wait for it: with what kubectl has noted in them, such as the time of a `rollout
 * restart`, which is in no manifest. Without it they would not be of its template, and restart. Of several notes the last counts.
 */
export function adoptNotes(desired: StatefulSet, orphans: readonly KubernetesObject[]): StatefulSet {
  const notes = orphans
    .flatMap(({ metadata }) => Object.entries(metadata.annotations ?? {}))
    .filter(([key]) => key.startsWith(kept))
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
  if (notes.length === 0) return desired;
  const { template } = desired.spec;
  const annotations = { ...Object.fromEntries(notes), ...template.metadata.annotations };
  const metadata = { ...template.metadata, annotations };
  return { ...desired, spec: { ...desired.spec, template: { ...template, metadata } } };
}
