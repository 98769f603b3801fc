import { compareQuantities } from '../../../base/quantity.ts';
import { isPathIn, listImmutablePaths } from './immutable-fields.ts';
import type { StatefulSet, VolumeClaim } from './rendered-objects.ts';
import { reviseStatefulSet } from './revision.ts';

/** Another size of the volumes of a set, all else of their template being the same. */
export interface StorageChange {
  readonly kind: 'grow' | 'shrink';
  /** Name of the claim template. */
  readonly template: string;
  /** Quantities as they are written: "50Gi". */
  readonly from: string;
  readonly to: string;
}

const templatesPath = 'spec.volumeClaimTemplates';

const firstOf = ({ spec }: StatefulSet): VolumeClaim | undefined => spec.volumeClaimTemplates?.[0];

function sizeOf(template: VolumeClaim | undefined): string | undefined {
  const size: unknown = template?.spec.resources?.requests?.storage;
  return typeof size === 'string' || typeof size === 'number' ? String(size) : undefined;
}

/** Undefined when one of them is no quantity. */
function compareSizes(from: string, to: string): number | undefined {
  try {
    return compareQuantities(from, to);
  } catch {
    return undefined;
  }
}

/**
 * Says whether the volumes of a set are to be larger or smaller than its claim template says. What else differs in the template (a
 * class, a second template) cannot be had by a change of claims: then it is none, and the set is made anew as for any
 * immutable field.
 * @param desired as rendered: one template at most, that of the workload's `storage`.
 */
export function judgeStorage(live: StatefulSet, desired: StatefulSet): StorageChange | undefined {
  const [from, to] = [sizeOf(firstOf(live)), sizeOf(firstOf(desired))];
  if (from === undefined || to === undefined || from === to) return undefined;
  const order = compareSizes(from, to);
  if (order === undefined || order === 0) return undefined;
  const others = comparePaths(live, withSize(desired, from)).filter((path) => isPathIn(path, templatesPath));
  if (others.length > 0) return undefined;
  return { kind: order < 0 ? 'grow' : 'shrink', template: firstOf(desired)?.metadata.name ?? '', from, to };
}

const comparePaths = (live: StatefulSet, desired: StatefulSet): string[] =>
  reviseStatefulSet(live, desired).differences.map(({ path }) => path);

/** The set with that size in its claim template. */
export function withSize(set: StatefulSet, size: string): StatefulSet {
  const [first, ...rest] = set.spec.volumeClaimTemplates ?? [];
  if (first === undefined) return set;
  const resources = { ...first.spec.resources, requests: { ...first.spec.resources?.requests, storage: size } };
  return {
    ...set,
    spec: { ...set.spec, volumeClaimTemplates: [{ ...first, spec: { ...first.spec, resources } }, ...rest] },
  };
}

/**
 * Whether a set may be made anew around its running pods: those are as its template says, and nothing else stands in the way that
 * they would have to be made anew for (a selector that does not find them, a Service that is not theirs).
 * @param desired with the size that the live one has.
 */
export function canAdoptPods(live: StatefulSet, desired: StatefulSet): boolean {
  const paths = comparePaths(live, desired);
  return (
    !paths.some((path) => isPathIn(path, 'spec.template')) && listImmutablePaths('StatefulSet', paths).length === 0
  );
}

/** Name of the claim of an ordinal, as the StatefulSet controller gives it. */
export const nameClaim = (template: string, set: string, ordinal: number): string => `${template}-${set}-${ordinal}`;

/** The field of the workload that says the size. */
export const sizeField = 'spec.storage.volumeClaimTemplate.spec.resources.requests.storage';

/** Why volumes are not made smaller, and what to do about it. */
export const describeShrinking = (set: string, { from, to }: Pick<StorageChange, 'from' | 'to'>): string =>
  `Cannot shrink the volumes of StatefulSet "${set}" from "${from}" to "${to}": no volume claim can be made smaller; ` +
  `set and claims stay as they are, set ${sizeField} to "${from}" or more`;
