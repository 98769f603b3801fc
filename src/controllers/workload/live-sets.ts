import { keyOf } from '../../api/meta.ts';
import { equalJson } from '../../base/json.ts';
import { isStateful, judgeEffect } from '../../core/disruption/effect.ts';
import type { SetObject } from '../../core/disruption/effect.ts';
import type { SetChange } from '../../core/disruption/judge-changes.ts';
import { describeUnready } from '../../core/disruption/rollout.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import { reviseStamped } from '../../core/render/shared/input-hash.ts';
import type { StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import { reviseDaemonSet } from '../../core/render/shared/revision.ts';
import type { Revision } from '../../core/render/shared/revision.ts';
import { judgeStorage, withSize } from '../../core/render/shared/storage-change.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { Unready } from './fleet.ts';
import type { Ledger } from './ledger.ts';
import type { WorkloadWatches } from './watches.ts';

type Sets = Pick<WorkloadWatches, 'statefulSets' | 'daemonSets'>;

/** The set as the cache has it. */
export function findLiveSet({ statefulSets, daemonSets }: Sets, { kind, metadata }: SetName): SetObject | undefined {
  const { namespace = '', name = '' } = metadata;
  return kind === 'DaemonSet' ? daemonSets?.store.get(namespace, name) : statefulSets.store.get(namespace, name);
}

/** A StatefulSet or DaemonSet by kind, namespace and name. */
export type SetName = Pick<SetObject, 'kind' | 'metadata'>;

/**
 * Compares StatefulSets as `reviseStamped` does, and each pair that it has found equal only once: nearly every sync has the same set
 * as the one before, and filling in all defaults of both is a good part of what such a sync costs.
 */
export class SetComparison {
  /** By the live object, which is frozen: what was found equal to it. */
  readonly #equal = new WeakMap<StatefulSet, StatefulSet>();

  revise(live: StatefulSet, desired: StatefulSet): Revision<StatefulSet> {
    if (equalJson(this.#equal.get(live), desired)) return { object: desired, differences: [] };
    const revision = reviseStamped(live, desired);
    if (revision.differences.length === 0) this.#equal.set(live, desired);
    return revision;
  }
}

/** What writing the set would do. One that is being deleted is made anew whatever is decided. */
export function compareSet(sets: Sets, comparison: SetComparison, desired: SetObject): SetChange {
  const live = findLiveSet(sets, desired);
  const unready = describeUnready(desired.metadata.name ?? '', live);
  if (live === undefined || live.metadata.deletionTimestamp !== undefined)
    return { desired, effect: 'none', paths: [], unready };
  const paths = listDifferences(live, desired, comparison);
  return { desired, effect: judgeEffect(desired, paths), paths, unready };
}

/** Volumes that grow, or are to shrink, are nothing that pods notice. */
function listDifferences(live: SetObject, desired: SetObject, comparison: SetComparison): string[] {
  if (!isStateful(desired) || !isStateful(live))
    return reviseDaemonSet(live, desired).differences.map(({ path }) => path);
  const size = judgeStorage(live, desired);
  const sized = size === undefined ? desired : withSize(desired, size.from);
  return comparison.revise(live, sized).differences.map(({ path }) => path);
}

export interface UnreadyDeps {
  readonly kind: WorkloadKind;
  readonly watches: WorkloadWatches;
  readonly settings: OperatorSettings;
  readonly ledger: Pick<Ledger, 'outcomeOf'>;
  readonly isOurs: (instance: WorkloadObject) => boolean;
}

/** "Prometheus monitoring/main". */
export const nameInFleet = ({ type }: WorkloadKind, key: string): string => `${type.kind} ${key}`;

/** The workloads of one kind that are not ready. Those that are paused, or of which nothing can be made, are nobody's rollout. */
export function listUnready(deps: UnreadyDeps): Unready[] {
  const { kind, watches, isOurs } = deps;
  return watches.instances.store.list().flatMap((instance) => {
    const isRolled = instance.metadata.deletionTimestamp === undefined && instance.spec.paused !== true;
    if (!isRolled || !isOurs(instance)) return [];
    const why = findUnready(deps, instance);
    return why === undefined ? [] : [{ id: nameInFleet(kind, keyOf(instance)), why }];
  });
}

/** The first of its sets that is not ready. */
function findUnready({ kind, watches, settings, ledger }: UnreadyDeps, instance: WorkloadObject): string | undefined {
  const { namespace, sets, daemonSet } = kind.describeStatus(instance, settings);
  const hasFailed = ledger.outcomeOf(keyOf(instance))?.kind === 'failed';
  const [setKind, names] = daemonSet === undefined ? ['StatefulSet', sets] : ['DaemonSet', [daemonSet]];
  for (const name of names) {
    const live = findLiveSet(watches, { kind: setKind, metadata: { namespace, name } });
    const why = live === undefined && hasFailed ? undefined : describeUnready(name, live);
    if (why !== undefined) return why;
  }
  return undefined;
}
