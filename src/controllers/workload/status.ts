import { apiVersionOf, splitKey } from '../../api/meta.ts';
import { podType } from '../../api/builtin-types.ts';
import type { PrometheusStatus } from '../../api/parts/status.ts';
import type { Clock } from '../../base/clock.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { writeLabelSelector } from '../../core/selectors/label-selector.ts';
import type { Pod } from '../../core/status/pods.ts';
import type { RepairPolicy } from '../../core/status/repair.ts';
import { buildStatus, hasStatusChanged } from '../../core/status/workload-status.ts';
import type { StatusInput, StatusSubject } from '../../core/status/workload-status.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { ApiError, isForbidden, isAbsent } from '../../kubernetes/client/errors.ts';
import type { Reconcile } from '../../runtime/controller.ts';
import type { Ledger } from './ledger.ts';
import type { Situations } from './situations.ts';
import { formatTime } from '../../base/time.ts';
import type { WorkloadMetrics } from './metrics.ts';
import type { MissingAccess } from '../../core/kinds/missing-access.ts';
import { repairStuckPod } from './repair.ts';
import type { RepairDeps } from './repair.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import { judgeAccess } from '../../core/kinds/permitted.ts';
import type { WorkloadWatches } from './watches.ts';
import { WrittenStatuses } from './written-statuses.ts';
import { podCountMs } from '../limits.ts';

export interface StatusDeps extends Omit<RepairDeps, 'policy'> {
  readonly kind: WorkloadKind;
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly fence: () => void;
  readonly repairPolicy: RepairPolicy;
  readonly settings: OperatorSettings;
  readonly watches: WorkloadWatches;
  readonly ledger: Ledger;
  readonly situations: Situations;
  /** The sets of the workload may have another status than before. */
  readonly onObserved: (key: string) => void;
  readonly metrics: WorkloadMetrics;
  readonly isOurs: (instance: WorkloadObject) => boolean;
  readonly listMissing: () => readonly MissingAccess[];
}

/** Field manager of status, the reference's: at take-over the fields stay with one manager. */
const statusManager = 'PrometheusOperator';

/** Reconciles the status of one workload with its pods and its last sync; writes only what differs. */
export function createStatusReconcile(deps: StatusDeps): Reconcile {
  const written = new WrittenStatuses();
  return async (key) => {
    const { namespace, name } = splitKey(key);
    const instance = deps.watches.instances.store.get(namespace, name);
    const outcome = deps.ledger.outcomeOf(key);
    deps.onObserved(key);
    if (instance === undefined) written.forget(key);
    // Before the first sync there is nothing to say; a deleted object has no status.
    if (instance === undefined || outcome === undefined || !deps.isOurs(instance)) return undefined;
    const subject = deps.kind.describeStatus(instance, deps.settings);
    const observed = await observe(deps, subject);
    const before = written.recall(key, instance);
    const status = buildStatus({
      subject,
      before: before === 'unknown' ? instance.status : before,
      ...observed,
      outcome,
      situations: {
        ...deps.situations.of(key),
        Permitted: judgeAccess(deps.kind, instance, deps.listMissing()),
      },
      now: formatTime(deps.clock.now()),
    });
    if (before === 'unknown' || hasStatusChanged(before, status)) {
      written.begin(key);
      const version = await writeStatus(deps, instance, status);
      written.confirm(key, instance, { status, version });
    }
    if (isAvailable(status)) return undefined;
    const sets = observed.shards.flatMap(({ statefulSet }) => statefulSet ?? []);
    await repairStuckPod({ ...deps, policy: deps.repairPolicy }, sets, observed.shards[0]?.pods ?? []);
    return { requeueAfterMs: podCountMs };
  };
}

/** What of the workload is in the cluster. */
async function observe(
  { client, watches }: StatusDeps,
  { namespace, selector, sets, daemonSet }: StatusSubject,
): Promise<Pick<StatusInput, 'shards' | 'daemonSet' | 'podsUnknown'>> {
  const labelSelector = writeLabelSelector({ matchLabels: { ...selector } });
  const list = await client.list<Pod>(podType, { namespace, labelSelector }).catch((error: unknown) => {
    if (isForbidden(error)) return error;
    throw error;
  });
  if (list instanceof ApiError) return { shards: [], podsUnknown: list.message };
  const pods = list.items;
  if (daemonSet !== undefined) {
    const live = watches.daemonSets?.store.get(namespace, daemonSet);
    return { shards: [], daemonSet: { name: daemonSet, daemonSet: live, pods } };
  }
  const shards = sets.map((name, shard) => {
    return { shard, name, statefulSet: watches.statefulSets.store.get(namespace, name), pods };
  });
  return { shards };
}

/** Resolves with the resourceVersion of the object that has it; undefined when there is no such object any more. */
async function writeStatus(
  deps: StatusDeps,
  instance: WorkloadObject,
  status: PrometheusStatus,
): Promise<string | undefined> {
  const { namespace = '', name = '' } = instance.metadata;
  const { type } = deps.kind;
  const body = {
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: { namespace, name },
    status,
  };
  deps.fence();
  try {
    const { metadata } = await deps.client.patch(
      type,
      { namespace, name },
      { kind: 'apply', body, subresource: 'status', fieldManager: statusManager, force: true },
    );
    deps.metrics.observeStatusUpdate(false);
    return metadata.resourceVersion;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    deps.metrics.observeStatusUpdate(true);
    throw error;
  }
}

function isAvailable({ conditions = [] }: PrometheusStatus): boolean {
  return conditions.some(({ type, status }) => type === 'Available' && status === 'True');
}
