import type { PrometheusStatus } from '../../api/parts/status.ts';
import { equalJson } from '../../base/json.ts';
import { selectWorkload } from '../render/prometheus/labels.ts';
import { countShards } from '../render/prometheus/shards.ts';
import type { PrometheusWorkload } from '../render/prometheus/workload.ts';
import { dateCondition, judgeSync } from './conditions.ts';
import type { SyncOutcome, Verdict } from './conditions.ts';
import { joinReports, reportDaemonSet, reportShard } from './shard-report.ts';
import type { DaemonSetState, ShardState } from './shard-report.ts';

export interface StatusInput {
  readonly workload: PrometheusWorkload;
  /** The status that the object has now. */
  readonly before: PrometheusStatus | undefined;
  /** One an active shard, in order; none in DaemonSet mode. */
  readonly shards: readonly ShardState[];
  /** In DaemonSet mode only. */
  readonly daemonSet?: DaemonSetState | undefined;
  /** Why pods cannot be counted, if so: the counts stay as they were. */
  readonly podsUnknown?: string | undefined;
  readonly outcome: SyncOutcome;
  /** What RBAC keeps from the workload; there is no such condition when it keeps nothing. */
  readonly permitted?: Verdict | undefined;
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

/** Ours, beside the two of the reference; only there while something is missing. */
const permittedCondition = 'Permitted';

/** As kubectl takes it for --selector. */
function writeSelector(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.sort().join(',');
}

/** The status of a Prometheus or PrometheusAgent (docs/reference/operator-runtime.md 2.7). */
export function buildStatus(input: StatusInput): PrometheusStatus {
  const { workload, before, outcome, permitted, now } = input;
  const at = { generation: workload.owner.metadata.generation, now };
  const { available, ...counts } = countPods(input);
  return {
    paused: workload.spec.paused ?? false,
    ...counts,
    shards: countShards(workload.spec),
    selector: writeSelector(selectWorkload(workload)),
    conditions: [
      dateCondition('Available', available, before?.conditions, at),
      dateCondition('Reconciled', judgeSync(outcome), before?.conditions, at),
      ...(permitted === undefined ? [] : [dateCondition(permittedCondition, permitted, before?.conditions, at)]),
    ],
  };
}

type PodCounts = Pick<
  PrometheusStatus,
  'replicas' | 'updatedReplicas' | 'availableReplicas' | 'unavailableReplicas' | 'shardStatuses'
>;

function countPods({ before, shards, daemonSet, podsUnknown }: StatusInput): PodCounts & { available: Verdict } {
  if (podsUnknown !== undefined) {
    const { replicas, updatedReplicas, availableReplicas, unavailableReplicas, shardStatuses } = before ?? {};
    return {
      replicas: replicas ?? 0,
      updatedReplicas: updatedReplicas ?? 0,
      availableReplicas: availableReplicas ?? 0,
      unavailableReplicas: unavailableReplicas ?? 0,
      shardStatuses: shardStatuses ?? [],
      available: { status: 'Unknown', reason: 'PodsNotListed', message: podsUnknown },
    };
  }
  const reports = daemonSet === undefined ? shards.map(reportShard) : [reportDaemonSet(daemonSet)];
  const counts = reports.map((report) => report.counts);
  const sum = (of: 'replicas' | 'updatedReplicas' | 'availableReplicas' | 'unavailableReplicas'): number =>
    counts.reduce((total, one) => total + one[of], 0);
  return {
    replicas: sum('replicas'),
    updatedReplicas: sum('updatedReplicas'),
    availableReplicas: sum('availableReplicas'),
    unavailableReplicas: sum('unavailableReplicas'),
    shardStatuses: counts,
    available: joinReports(reports),
  };
}

/** Whether anything of `next` is not in the object yet. Conditions of other writers, and any order, do not count. */
export function hasStatusChanged(before: PrometheusStatus | undefined, next: PrometheusStatus): boolean {
  const { conditions: nextConditions = [], shardStatuses: nextShards = [], ...nextFields } = next;
  const { conditions = [], shardStatuses = [], ...fields } = before ?? {};
  const sameConditions = nextConditions.every((condition) =>
    conditions.some((one) => one.type === condition.type && equalJson(normalizeTexts(one), normalizeTexts(condition))),
  );
  const isStale = (type: string): boolean =>
    type === permittedCondition && !nextConditions.some((condition) => condition.type === type);
  const sameShards =
    nextShards.length === shardStatuses.length &&
    nextShards.every((shard) => shardStatuses.some((one) => equalJson(one, shard)));
  const known = fields as Record<string, unknown>;
  return (
    conditions.some(({ type }) => isStale(type)) ||
    !sameConditions ||
    !sameShards ||
    Object.entries(nextFields).some(([key, value]) => known[key] !== value)
  );
}

/** An empty text and none are the same. */
function normalizeTexts<T extends { reason?: string; message?: string }>(condition: T): T {
  return { ...condition, reason: condition.reason ?? '', message: condition.message ?? '' };
}
