import type { ShardStatus } from '../../api/parts/status.ts';
import type { DaemonSet, StatefulSet } from '../render/shared/rendered-objects.ts';
import type { ConditionReason } from '../reasons/table.ts';
import type { Verdict } from './conditions.ts';
import { describePodProblem, isPodOf, isPodReady, isPodUpdated } from './pods.ts';
import type { Pod } from './pods.ts';

/** What was found in the cluster of one shard. */
export interface ShardState {
  readonly shard: number;
  /** Name of its StatefulSet. */
  readonly name: string;
  /** Undefined when there is none. */
  readonly statefulSet: StatefulSet | undefined;
  /** Pods among which those of the set are looked for; others may be there. */
  readonly pods: readonly Pod[];
}

/** Health of one shard; `status` is the value of the condition Available. */
export interface ShardReport {
  readonly counts: ShardStatus;
  readonly status: 'True' | 'Degraded' | 'False';
  readonly reason: '' | 'SomePodsNotReady' | 'NoPodReady' | 'StatefulSetNotFound' | 'DaemonSetNotFound';
  /** One line a bad pod. */
  readonly messages: readonly string[];
}

type Health = Pick<ShardReport, 'status' | 'reason'>;

function judge(available: number, wanted: number): Health {
  if (available >= wanted) return { status: 'True', reason: '' };
  if (available > 0) return { status: 'Degraded', reason: 'SomePodsNotReady' };
  return { status: 'False', reason: 'NoPodReady' };
}

/**
 * Counts the pods of a shard and judges it (docs/reference/operator-runtime.md 2.7).
 * @param isSharded whether messages say which shard it is.
 */
export function reportShard({ shard, name, statefulSet, pods }: ShardState, isSharded = true): ShardReport {
  const prefix = isSharded ? `shard ${shard}: ` : '';
  const own = pods.filter((pod) => isPodOf(pod, 'StatefulSet', name));
  const ready = own.filter(isPodReady);
  const updated = own.filter((pod) => isPodUpdated(pod, statefulSet?.status?.updateRevision));
  const counts = {
    shardID: String(shard),
    replicas: own.length,
    updatedReplicas: updated.length,
    availableReplicas: ready.length,
    unavailableReplicas: own.length - ready.length,
  };
  if (statefulSet === undefined) {
    const messages = [`${prefix}StatefulSet "${name}" not found`];
    return { counts, status: 'False', reason: 'StatefulSetNotFound', messages };
  }
  const health = judge(ready.length, statefulSet.spec.replicas ?? 1);
  const problems = health.status === 'True' ? [] : own.map(describePodProblem).filter((line) => line !== undefined);
  return { counts, ...health, messages: problems.map((line) => `${prefix}${line}`) };
}

/** What was found in the cluster of an agent in DaemonSet mode. */
export interface DaemonSetState {
  readonly name: string;
  /** Undefined when there is none. */
  readonly daemonSet: DaemonSet | undefined;
  /** Pods among which those of the set are looked for, to say what is wrong with them; others may be there. */
  readonly pods: readonly Pod[];
}

/** A DaemonSet, in the words of its own status; the reference looks for a StatefulSet and finds none. Reported as shard 0. */
export function reportDaemonSet({ name, daemonSet, pods }: DaemonSetState): ShardReport {
  const status = daemonSet?.status ?? {};
  const counts = {
    shardID: '0',
    replicas: status.desiredNumberScheduled ?? 0,
    updatedReplicas: status.updatedNumberScheduled ?? 0,
    availableReplicas: status.numberAvailable ?? 0,
    unavailableReplicas: status.numberUnavailable ?? 0,
  };
  if (daemonSet === undefined) {
    return { counts, status: 'False', reason: 'DaemonSetNotFound', messages: [`DaemonSet "${name}" not found`] };
  }
  // Without it nobody has counted yet, and zero of zero pods would pass for all of them.
  if (status.observedGeneration === undefined) {
    const messages = [`DaemonSet "${name}" has no pods yet`];
    return { counts, status: 'False', reason: 'NoPodReady', messages };
  }
  const health = judge(counts.availableReplicas, counts.replicas);
  const own = pods.filter((pod) => isPodOf(pod, 'DaemonSet', name) && !isPodReady(pod));
  const problems = own.map(describePodProblem).filter((line) => line !== undefined);
  return { counts, ...health, messages: health.status === 'True' ? [] : problems };
}

/** The workload's health: the worst of its shards, with the reasons of all that are not well. */
export function joinReports(reports: readonly ShardReport[]): Verdict {
  const statuses = reports.map(({ status }) => status);
  const worst = (['False', 'Degraded'] as const).find((status) => statuses.includes(status)) ?? 'True';
  const reasons = new Set(reports.map(({ reason }) => reason).filter((reason) => reason !== ''));
  return {
    status: worst,
    reason: joinReasons([...reasons].sort()),
    message: reports.flatMap(({ messages }) => messages).join('\n'),
  };
}

function joinReasons([first, ...rest]: readonly ConditionReason[]): Verdict['reason'] {
  if (first === undefined) return '';
  return rest.length === 0 ? first : `${first}And${rest.join('And')}`;
}
