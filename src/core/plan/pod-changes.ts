import { isStateful, judgeEffect } from '../disruption/effect.ts';
import type { SetObject } from '../disruption/effect.ts';
import { isPathIn, listImmutablePaths } from '../render/shared/immutable-fields.ts';
import type { StatefulSet, VolumeClaim } from '../render/shared/rendered-objects.ts';
import type { ClaimChange, FieldChange, PodChange } from './plan-model.ts';

/** A set before and after; undefined on the side where there is none. */
export interface SetPair {
  readonly from: SetObject | undefined;
  readonly to: SetObject | undefined;
  /** Between the two; without a size of volumes that grows. */
  readonly fields: readonly FieldChange[];
  /** The size of its volumes does. */
  readonly grows?: boolean;
}

/** The paths among the changes that cannot be changed in place. */
export const listImmutable = (kind: string, fields: readonly FieldChange[]): string[] =>
  listImmutablePaths(
    kind,
    fields.map(({ path }) => path),
  );

/** The API's default is one. */
const countPods = (set: SetObject): number | 'each-node' => (isStateful(set) ? (set.spec.replicas ?? 1) : 'each-node');

/** What happens to the pods of one set; entries for no pods are left out, but that a set is made anew is always told. */
export function judgePods({ from, to, fields }: SetPair): PodChange[] {
  const set = (to ?? from)?.metadata.name ?? '';
  const all = ((): PodChange[] => {
    if (to === undefined) return from === undefined ? [] : [{ set, verb: 'stop', pods: countPods(from) }];
    if (from === undefined) return [{ set, verb: 'start', pods: countPods(to) }];
    return judgeChanged(from, to, fields);
  })();
  return all.filter(({ verb, pods }) => pods !== 0 || verb === 'recreate');
}

/** Those that stay get the new template; those beyond the wanted number go, those that are missing start with it. */
function judgeChanged(from: SetObject, to: SetObject, fields: readonly FieldChange[]): PodChange[] {
  const set = to.metadata.name ?? '';
  const [before, after] = [countPods(from), countPods(to)];
  const effect = judgeEffect(
    to,
    fields.map(({ path }) => path),
  );
  const verb = effect === 'none' ? undefined : effect;
  if (before === 'each-node' || after === 'each-node')
    return verb === undefined ? [] : [{ set, verb, pods: 'each-node' }];
  return [
    ...(verb === undefined ? [] : [{ set, verb, pods: Math.min(before, after) } as const]),
    { set, verb: 'stop', pods: Math.max(0, before - after) },
    { set, verb: 'start', pods: Math.max(0, after - before) },
  ];
}

/** What becomes of volume claims that are there: those of pods that stay or come back may grow, nothing else is done to them. */
export function judgeClaims(pair: SetPair): ClaimChange[] {
  const { from, to } = pair;
  if (from === undefined || !isStateful(from)) return [];
  if (to !== undefined && isStateful(to)) return judgeKeptClaims({ ...pair, from, to });
  const { whenDeleted } = from.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const effect = whenDeleted === 'Delete' ? 'delete' : 'keep';
  const old = from.spec.volumeClaimTemplates ?? [];
  return old.flatMap((one) => tellClaims(from, one, { effect, claims: from.spec.replicas ?? 1 }));
}

/** Of a set that is there on both sides. */
function judgeKeptClaims({
  from,
  to,
  fields,
  grows = false,
}: SetPair & { readonly from: StatefulSet; readonly to: StatefulSet }): ClaimChange[] {
  const claims = from.spec.replicas ?? 1;
  const fewer = Math.max(0, claims - (to.spec.replicas ?? 1));
  const wanted = new Set(to.spec.volumeClaimTemplates?.map(({ metadata }) => metadata.name));
  const isNew = fields.some(({ path }) => isPathIn(path, 'spec.volumeClaimTemplates'));
  const stays = { effect: 'stay', claims: isNew ? claims - fewer : 0 } as const;
  const goes = to.spec.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete' ? 'delete' : 'keep';
  return (from.spec.volumeClaimTemplates ?? []).flatMap((one) => {
    if (!wanted.has(one.metadata.name)) return tellClaims(from, one, { effect: 'unused', claims });
    return [
      ...tellClaims(from, one, grows ? { effect: 'expand', claims: claims - fewer } : stays),
      ...tellClaims(from, one, { effect: goes, claims: fewer }),
    ];
  });
}

function tellClaims(
  { metadata }: StatefulSet,
  template: VolumeClaim,
  { effect, claims }: Pick<ClaimChange, 'effect' | 'claims'>,
): ClaimChange[] {
  const { name: set = '' } = metadata;
  return claims === 0 ? [] : [{ set, template: template.metadata.name ?? '', effect, claims }];
}
