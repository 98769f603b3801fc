import type { PrometheusStatus } from '../../api/parts/status.ts';
import { equalJson } from '../../base/json.ts';
import { dateCondition, judgeSync } from './conditions.ts';
import type { SyncOutcome, Verdict } from './conditions.ts';
import { isSituational, situationalConditions } from './situations.ts';
import type { SituationVerdicts } from './situations.ts';
import { joinReports, reportDaemonSet, reportShard } from './shard-report.ts';
import type { DaemonSetState, ShardState } from './shard-report.ts';

/** What the status of a workload is told of, whatever its kind. */
export interface StatusSubject {
  readonly namespace: string;
  readonly generation: number | undefined;
  readonly paused: boolean;
  /** Labels that tell its pods from all others. */
  readonly selector: Readonly<Record<string, string>>;
  /** Names of its StatefulSets, by shard; none in DaemonSet mode. */
  readonly sets: readonly string[];
  /** Name of its DaemonSet, in DaemonSet mode. */
  readonly daemonSet?: string;
  /** Whether the status has a selector, for the scale subresource. */
  readonly showsSelector: boolean;
  /** Undefined where the kind knows no shards. */
  readonly shards: number | undefined;
}

export interface StatusInput {
  readonly subject: StatusSubject;
  /** The status that the object has now. */
  readonly before: PrometheusStatus | undefined;
  /** One an active shard, in order; none in DaemonSet mode. */
  readonly shards: readonly ShardState[];
  /** In DaemonSet mode only. */
  readonly daemonSet?: DaemonSetState | undefined;
  /** Why pods cannot be counted, if so: the counts stay as they were. */
  readonly podsUnknown?: string | undefined;
  readonly outcome: SyncOutcome;
  readonly situations?: SituationVerdicts | undefined;
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

/** As kubectl takes it for --selector. */
function writeSelector(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.sort().join(',');
}

/** The status of a workload (docs/reference/operator-runtime.md 2.7). */
export function buildStatus(input: StatusInput): PrometheusStatus {
  const { subject, before, outcome, situations = {}, now } = input;
  const at = { before: before?.conditions, generation: subject.generation, now };
  const { available, shardStatuses, ...counts } = countPods(input);
  return {
    paused: subject.paused,
    ...counts,
    ...(subject.shards === undefined ? {} : { shardStatuses: shardStatuses ?? [], shards: subject.shards }),
    ...(subject.showsSelector ? { selector: writeSelector(subject.selector) } : {}),
    conditions: [
      dateCondition('Available', available, at),
      dateCondition('Reconciled', judgeSync(outcome), at),
      ...situationalConditions.flatMap((type) => {
        const verdict = situations[type];
        return verdict === undefined ? [] : [dateCondition(type, verdict, at)];
      }),
    ],
  };
}

type PodCounts = Pick<
  PrometheusStatus,
  'replicas' | 'updatedReplicas' | 'availableReplicas' | 'unavailableReplicas' | 'shardStatuses'
>;

function countPods({
  subject,
  before,
  shards,
  daemonSet,
  podsUnknown,
}: StatusInput): PodCounts & { available: Verdict } {
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
  const isSharded = subject.shards !== undefined;
  const reports =
    daemonSet === undefined ? shards.map((shard) => reportShard(shard, isSharded)) : [reportDaemonSet(daemonSet)];
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
    isSituational(type) && !nextConditions.some((condition) => condition.type === type);
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
