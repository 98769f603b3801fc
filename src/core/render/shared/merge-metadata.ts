import type { ObjectMeta, OwnerReference } from '../../../api/meta.ts';

type TextMap = Readonly<Record<string, string>>;

/** Keys with this prefix are the operator's alone: what it does not want goes away. */
const ownPrefix = 'operator.prometheus.io/';

/** Foreign keys survive, ours are replaced (docs/reference/rendering.md 8.5). Undefined when nothing is left. */
function mergeTexts(live: TextMap = {}, desired: TextMap = {}): Record<string, string> | undefined {
  const kept = Object.entries(live).filter(([key]) => !key.startsWith(ownPrefix));
  const merged = { ...Object.fromEntries(kept), ...desired };
  return Object.keys(merged).length === 0 ? undefined : merged;
}

/** The live owners, ours brought up to date or added behind them: several workloads may own one object. */
export function mergeOwners(live: readonly OwnerReference[], desired: readonly OwnerReference[]): OwnerReference[] {
  const ours = new Map(desired.map((owner) => [owner.uid, owner]));
  const kept = live.map((owner) => ours.get(owner.uid) ?? owner);
  const known = new Set(live.map((owner) => owner.uid));
  return [...kept, ...desired.filter((owner) => !known.has(owner.uid))];
}

/**
 * The metadata to write over a live object's: foreign labels, annotations and finalizers survive, owners are the desired
 * ones. It carries uid and resourceVersion, so that the write fails when the object is not the one that was compared.
 */
export function mergeMetadata(live: ObjectMeta, desired: ObjectMeta): ObjectMeta {
  const { name, namespace, ownerReferences } = desired;
  const labels = mergeTexts(live.labels, desired.labels);
  const annotations = mergeTexts(live.annotations, desired.annotations);
  const { uid, resourceVersion, finalizers } = live;
  return {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
    ...(finalizers === undefined ? {} : { finalizers }),
  };
}
