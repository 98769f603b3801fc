import type { DaemonSet, StatefulSet, VolumeClaim } from '../render/shared/rendered-objects.ts';
import type { ClaimChange, FieldChange, PodChange, PodVerb } from './plan-model.ts';

export type SetObject = StatefulSet | DaemonSet;

/** A set before and after; undefined on the side where there is none. */
export interface SetPair {
  readonly from: SetObject | undefined;
  readonly to: SetObject | undefined;
  /** Between the two. */
  readonly fields: readonly FieldChange[];
}

/**
 * Fields of the spec that the API server lets change in place; any other one makes the operator delete the set and make it anew
 * (docs/reference/operator-runtime.md 3.6).
 */
const changeable: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: [
    ...['replicas', 'template', 'updateStrategy', 'minReadySeconds', 'revisionHistoryLimit', 'ordinals'],
    'persistentVolumeClaimRetentionPolicy',
  ],
  DaemonSet: ['template', 'updateStrategy', 'minReadySeconds', 'revisionHistoryLimit'],
};

const isIn = (path: string, field: string): boolean =>
  path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);

/** The paths among the changes that cannot be changed in place. */
export function listImmutable(kind: string, fields: readonly FieldChange[]): string[] {
  const free = (changeable[kind] ?? []).map((field) => `spec.${field}`);
  return fields.flatMap(({ path }) =>
    path.startsWith('spec.') && !free.some((field) => isIn(path, field)) ? [path] : [],
  );
}

const isStateful = (set: SetObject): set is StatefulSet => set.kind === 'StatefulSet';

/** The API's default is one. */
const countPods = (set: SetObject): number | 'each-node' => (isStateful(set) ? (set.spec.replicas ?? 1) : 'each-node');

const isOnDelete = (set: SetObject): boolean => isStateful(set) && set.spec.updateStrategy?.type === 'OnDelete';

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
  const verb = chooseVerb(to, fields);
  if (before === 'each-node' || after === 'each-node')
    return verb === undefined ? [] : [{ set, verb, pods: 'each-node' }];
  return [
    ...(verb === undefined ? [] : [{ set, verb, pods: Math.min(before, after) } as const]),
    { set, verb: 'stop', pods: Math.max(0, before - after) },
    { set, verb: 'start', pods: Math.max(0, after - before) },
  ];
}

function chooseVerb(to: SetObject, fields: readonly FieldChange[]): PodVerb | undefined {
  if (listImmutable(to.kind ?? '', fields).length > 0) return 'recreate';
  if (!fields.some(({ path }) => isIn(path, 'spec.template'))) return undefined;
  return isOnDelete(to) ? 'wait' : 'restart';
}

/** What becomes of volume claims that are there: nothing is done to those of pods that stay or come back. */
export function judgeClaims({ from, to, fields }: SetPair): ClaimChange[] {
  if (from === undefined || !isStateful(from)) return [];
  const set = from.metadata.name ?? '';
  const claims = from.spec.replicas ?? 1;
  const old = from.spec.volumeClaimTemplates ?? [];
  const policy = (to !== undefined && isStateful(to) ? to : from).spec.persistentVolumeClaimRetentionPolicy;
  const told = (template: VolumeClaim, effect: ClaimChange['effect'], count: number): ClaimChange[] =>
    count === 0 ? [] : [{ set, template: template.metadata.name ?? '', effect, claims: count }];
  if (to === undefined || !isStateful(to))
    return old.flatMap((one) => told(one, policy?.whenDeleted === 'Delete' ? 'delete' : 'keep', claims));
  const fewer = Math.max(0, claims - (to.spec.replicas ?? 1));
  const wanted = new Set(to.spec.volumeClaimTemplates?.map(({ metadata }) => metadata.name));
  const isNew = fields.some(({ path }) => isIn(path, 'spec.volumeClaimTemplates'));
  return old.flatMap((one) => {
    if (!wanted.has(one.metadata.name)) return told(one, 'unused', claims);
    const effect = policy?.whenScaled === 'Delete' ? 'delete' : 'keep';
    return [...told(one, 'stay', isNew ? claims - fewer : 0), ...told(one, effect, fewer)];
  });
}
