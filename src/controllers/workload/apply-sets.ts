import { daemonSetType, statefulSetType } from '../../api/builtin-types.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import {
  acknowledgeWrite,
  reviseContested,
  reviseStamped,
  stampStatefulSet,
} from '../../core/render/shared/input-hash.ts';
import type { DaemonSet, StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import { reviseDaemonSet } from '../../core/render/shared/revision.ts';
import type { Workload } from '../../core/render/shared/workload.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { Applier } from '../../runtime/applier.ts';
import { applyDaemonSet } from './daemon-sets.ts';
import type { RivalWatch } from './rivals.ts';
import { applyStatefulSet } from './stateful-sets.ts';
import type { WorkloadWatches } from './watches.ts';

export interface SetDeps {
  readonly client: KubernetesClient;
  readonly logger: Logger;
  readonly fence: () => void;
  readonly applier: Applier;
  readonly watches: WorkloadWatches;
  readonly observeRecreate: () => void;
  readonly rivals: RivalWatch;
  readonly observeRival: (owner: KubernetesObject, set: string) => void;
}

/** Brings the StatefulSet of one shard to what is desired, or leaves it to another operator that keeps changing it. */
export async function applyShard(deps: SetDeps, object: StatefulSet, workload: Workload): Promise<void> {
  const { client, fence, applier, logger, observeRecreate, watches, rivals } = deps;
  const { namespace = '', name = '' } = object.metadata;
  const live = watches.statefulSets.store.get(namespace, name);
  const verdict = rivals.judge(live);
  if (verdict === 'newly-contested') deps.observeRival(workload.owner, name);
  const result = await applyStatefulSet(
    { client, fence, applier, logger, observeRecreate },
    {
      type: statefulSetType,
      object,
      fingerprint: '',
      revise: verdict === 'ours' ? reviseStamped : reviseContested,
      create: stampStatefulSet,
      acknowledge: (written, desired) => {
        const again = acknowledgeWrite(written, desired);
        rivals.note(again ?? written, live?.metadata.resourceVersion);
        return again;
      },
      cache: { object: live },
    },
    live,
  );
  const key = `${namespace}/${workload.owner.metadata.name ?? ''}`;
  if (result !== 'unchanged') logger.info('StatefulSet applied', { key, name, result });
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
    };
    const result = await applyDaemonSet(deps, desired, live);
    if (result !== 'unchanged') logger.info('DaemonSet applied', { key: `${namespace}/${owner}`, name, result });
    return;
  }
  if (live === undefined || live.metadata.deletionTimestamp !== undefined) return;
  if (live.metadata.ownerReferences?.some((reference) => reference.uid === uid) !== true) return;
  logger.info('DaemonSet of the former mode is deleted', { namespace, name });
  await applier.delete(daemonSetType, { namespace, name }, { propagationPolicy: 'Foreground', uid: live.metadata.uid });
}
