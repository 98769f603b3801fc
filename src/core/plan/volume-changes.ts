import { apiVersionOf } from '../../api/meta.ts';
import type { KubernetesObject, NamespacedName } from '../../api/meta.ts';
import { storageClassType } from '../../api/builtin-types.ts';
import { codeOf } from '../reasons/lookup.ts';
import { isPathIn } from '../render/shared/immutable-fields.ts';
import type { StatefulSet } from '../render/shared/rendered-objects.ts';
import { describeShrinking, judgeStorage, nameClaim, sizeField } from '../render/shared/storage-change.ts';
import type { StorageChange } from '../render/shared/storage-change.ts';
import { findUnfinished, reportClaim } from '../status/volume-claims.ts';
import type { VolumeClaimObject } from '../status/volume-claims.ts';
import { judgeSetVolumes } from '../status/volume-verdict.ts';
import type { ObjectPair } from './object-changes.ts';
import type { FieldChange, Refusal } from './plan-model.ts';
import { listImmutablePaths } from '../render/shared/immutable-fields.ts';

/** A pair with what becomes of the sizes of its volumes. */
export interface SizedPair extends ObjectPair {
  /** Its claims are expanded, and the set is made anew around its pods. */
  readonly grows?: boolean;
  /** What happens to pods follows from these: all fields but the size that grows. */
  readonly podFields: readonly FieldChange[];
  readonly refusal?: Refusal;
}

/** The part of a StorageClass that decides. */
export interface StorageClass extends KubernetesObject {
  readonly allowVolumeExpansion?: boolean;
}

/** What is known of volumes. */
export interface KnownVolumes {
  readonly storageClasses: readonly StorageClass[];
  /** True also where nobody can say. */
  hasStorageClass(name: string): boolean;
  /** Of a cluster; undefined: it has none of that name, or it may not be read. */
  findClaim?(name: NamespacedName): VolumeClaimObject | undefined;
}

export const listStorageClasses = (manifests: readonly KubernetesObject[]): StorageClass[] =>
  manifests.filter(
    ({ kind, apiVersion }) => kind === storageClassType.kind && apiVersion === apiVersionOf(storageClassType),
  );

/**
 * What the operator makes of another size of volumes (docs/volumes.md): a larger one is had without touching pods, a smaller one, or
 * one that the class does not allow, is refused and the rest is done. A class that is not among the manifests is believed in.
 */
export function sizeVolumes(pair: ObjectPair, known: KnownVolumes): SizedPair {
  const { action, from, to, fields } = pair;
  const isSet = action === 'update' && to?.kind === 'StatefulSet';
  const change = isSet ? judgeStorage(from as StatefulSet, to as StatefulSet) : undefined;
  if (change === undefined) return { ...pair, podFields: fields };
  const podFields = fields.filter(({ path }) => !isPathIn(path, 'spec.volumeClaimTemplates'));
  const refusal =
    known.findClaim === undefined
      ? refuse(to as StatefulSet, change, known.storageClasses)
      : refuseClaims(from as StatefulSet, change, known);
  if (refusal === undefined) return { ...pair, grows: true, podFields };
  // Of a set that cannot be written in place nothing is written while it may not be made anew.
  const paths = podFields.map(({ path }) => path);
  const left = listImmutablePaths('StatefulSet', paths).length > 0 ? [] : podFields;
  return { ...pair, action: left.length === 0 ? 'none' : action, fields: left, podFields: left, refusal };
}

function refuse(to: StatefulSet, change: StorageChange, classes: readonly StorageClass[]): Refusal | undefined {
  const { name = '' } = to.metadata;
  if (change.kind === 'shrink')
    return {
      set: name,
      message: describeShrinking(name, change),
      reason: 'ShrinkingRefused',
      code: codeOf('ShrinkingRefused'),
    };
  const found = findClass(to.spec.volumeClaimTemplates?.[0]?.spec.storageClassName, classes);
  if (found === undefined || found.allowVolumeExpansion === true) return undefined;
  const message =
    `Cannot expand the volumes of StatefulSet "${name}" from "${change.from}" to "${change.to}": StorageClass ` +
    `"${found.metadata.name ?? ''}" does not allow it; set allowVolumeExpansion: true on the class, or set ${sizeField} back to "${change.from}"`;
  return { set: name, message, reason: 'ClassNotExpandable', code: codeOf('ClassNotExpandable') };
}

/** By the claims that there are, as the operator goes about it: the first that has not the size decides. */
function refuseClaims(live: StatefulSet, change: StorageChange, known: KnownVolumes): Refusal | undefined {
  const { name: set = '' } = live.metadata;
  const found = listClaimNames(live, change).flatMap((name) => known.findClaim?.(name) ?? []);
  const claims = found.map((claim) => reportClaim(claim, change.to));
  const next = findUnfinished(claims);
  const claim = found.find(({ metadata }) => metadata.name === next?.name);
  const isRefused = next?.state === 'small' && claim !== undefined && !isExpandable(claim, known);
  if (change.kind === 'grow' && !isRefused && next?.state !== 'unbound') return undefined;
  const refusal = isRefused ? { kind: 'class' as const, claim: next.name, className: readClass(claim) } : undefined;
  const { reason, message } = judgeSetVolumes({ set, change, claims, refusal });
  return { set, message, reason, code: codeOf(reason) };
}

/** The claims of the pods that a set has. */
export function listClaimNames({ metadata, spec }: StatefulSet, { template }: StorageChange): NamespacedName[] {
  const { namespace = '', name = '' } = metadata;
  const ordinals = [...Array(spec.replicas ?? 1).keys()];
  return ordinals.map((ordinal) => ({ namespace, name: nameClaim(template, name, ordinal) }));
}

const readClass = ({ spec }: VolumeClaimObject): string | undefined =>
  spec.storageClassName === '' ? undefined : spec.storageClassName;

function isExpandable(claim: VolumeClaimObject, known: KnownVolumes): boolean {
  const name = readClass(claim);
  if (name === undefined || !known.hasStorageClass(name)) return false;
  const found = known.storageClasses.find(({ metadata }) => metadata.name === name);
  return found === undefined || found.allowVolumeExpansion === true;
}

const isDefault = 'storageclass.kubernetes.io/is-default-class';

function findClass(name: string | undefined, classes: readonly StorageClass[]): StorageClass | undefined {
  return classes.find(({ metadata }) =>
    name === undefined ? metadata.annotations?.[isDefault] === 'true' : metadata.name === name,
  );
}
