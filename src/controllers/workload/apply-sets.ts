import { daemonSetType, podType, statefulSetType } from '../../api/builtin-types.ts';
import { keyOf } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import { acknowledgeWrite, reviseContested, stampStatefulSet } from '../../core/render/shared/input-hash.ts';
import type { DaemonSet, StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import { adoptNotes, isOrphanOf } from '../../core/render/shared/orphaned-pods.ts';
import { reviseDaemonSet } from '../../core/render/shared/revision.ts';
import { canAdoptPods } from '../../core/render/shared/storage-change.ts';
import type { Workload } from '../../core/render/shared/workload.ts';
import { writeLabelSelector } from '../../core/selectors/label-selector.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden } from '../../kubernetes/client/errors.ts';
import type { Applier } from '../../runtime/applier.ts';
import type { SetComparison } from './live-sets.ts';
import type { SetResult } from './recreate.ts';
import { applyReplaceable } from './recreate.ts';
import { applyStatefulSet } from './stateful-sets.ts';
import type { VolumeRound } from './volume-round.ts';
import type { WorkloadWatches } from './watches.ts';

export interface SetDeps {
  readonly client: KubernetesClient;
  readonly logger: Logger;
  readonly fence: () => void;
  readonly applier: Applier;
  readonly watches: WorkloadWatches;
  readonly comparison: SetComparison;
  readonly observeRecreate: () => void;
  /** What this sync does about the sizes of volumes. */
  readonly volumes: VolumeRound;
}

/**
 * Brings the StatefulSet of one shard to what is desired, or leaves it to another operator that keeps changing it. A size of its
 * volumes that it has not yet, or cannot have, holds up nothing else.
 */
export async function applyShard(
  deps: SetDeps,
  { object, held = false }: { readonly object: StatefulSet; readonly held?: boolean },
  workload: Workload,
): Promise<void> {
  const { namespace = '', name = '' } = object.metadata;
  const live = deps.watches.statefulSets.store.get(namespace, name);
  const size = await deps.volumes.proceed(live, object);
  const key = `${namespace}/${workload.owner.metadata.name ?? ''}`;
  // A set that is made anew has the template that is wanted: while that is held back, it stays.
  if (live !== undefined && size.isReady && !held && canAdoptPods(live, size.object)) {
    await makeAround(deps, live);
    return;
  }
  const desired = live === undefined ? await adoptOrphans(deps, object) : size.object;
  const result = await applySet(deps, desired, { workload, live, isHeld: size.isHeld, held });
  if (result !== 'unchanged' && result !== 'held') deps.logger.info('StatefulSet applied', { key, name, result });
}

async function applySet(
  deps: SetDeps,
  object: StatefulSet,
  {
    workload,
    live,
    isHeld,
    held,
  }: { workload: Workload; live: StatefulSet | undefined; isHeld: boolean; held: boolean },
): Promise<SetResult> {
  const { client, fence, applier, logger, observeRecreate, comparison } = deps;
  const reviseOnce = (running: StatefulSet, wanted: StatefulSet) => comparison.revise(running, wanted);
  const desired = {
    type: statefulSetType,
    object,
    fingerprint: '',
    revise: held ? reviseContested : reviseOnce,
    create: stampStatefulSet,
    acknowledge: acknowledgeWrite,
    cache: { object: live },
    user: keyOf(workload.owner),
  };
  return await applyStatefulSet({ client, fence, applier, logger, observeRecreate, isHeld }, desired, live);
}

/**
 * Its volumes have the size: the set is deleted without its pods, and the sync that its deletion wakes makes it anew with a template
 * of that size. The new one takes them over, since its template of pods is the same.
 */
async function makeAround({ applier, logger }: SetDeps, { metadata }: StatefulSet): Promise<void> {
  const { namespace = '', name = '', uid } = metadata;
  logger.info('Volumes are expanded: the StatefulSet is made anew around its pods', { namespace, name });
  await applier.delete(statefulSetType, { namespace, name }, { propagationPolicy: 'Orphan', uid });
}

/** Whoever was killed between the two has left pods without a set: what the new one is made of must be what they were made of. */
async function adoptOrphans({ client }: SetDeps, object: StatefulSet): Promise<StatefulSet> {
  if (object.spec.volumeClaimTemplates === undefined) return object;
  const { namespace = '', name = '' } = object.metadata;
  const labelSelector = writeLabelSelector(object.spec.selector);
  // Where pods may not be listed, the set is made all the same.
  const items = await client.list(podType, { namespace, labelSelector }).then(
    (list) => list.items,
    (error: unknown) => {
      if (isForbidden(error)) return [];
      throw error;
    },
  );
  return adoptNotes(
    object,
    items.filter((pod) => isOrphanOf(pod, name)),
  );
}

/** The DaemonSet of an agent; one that is left from before its mode changed goes. */
export async function applyDaemon(
  deps: SetDeps,
  { name, object: daemonSet }: { readonly name: string; readonly object: DaemonSet | undefined },
  workload: Workload,
): Promise<void> {
  const { watches, logger, applier } = deps;
  const { namespace = '', name: owner = '', uid } = workload.owner.metadata;
  const live = watches.daemonSets?.store.get(namespace, name);
  if (daemonSet !== undefined) {
    const desired = {
      type: daemonSetType,
      object: daemonSet,
      fingerprint: '',
      revise: reviseDaemonSet,
      cache: { object: live },
      user: `${namespace}/${owner}`,
    };
    const result = await applyReplaceable(deps, desired, { live });
    if (result !== 'unchanged' && result !== 'held')
      logger.info('DaemonSet applied', { key: `${namespace}/${owner}`, name, result });
    return;
  }
  if (live === undefined || live.metadata.deletionTimestamp !== undefined) return;
  if (live.metadata.ownerReferences?.some((reference) => reference.uid === uid) !== true) return;
  logger.info('DaemonSet of the former mode is deleted', { namespace, name });
  await applier.delete(daemonSetType, { namespace, name }, { propagationPolicy: 'Foreground', uid: live.metadata.uid });
}
