import type { KubernetesObject } from '../../../api/meta.ts';
import type { PrometheusSpec } from '../../../api/prometheus.ts';
import { parseDuration } from '../../../base/durations.ts';
import { formatTime } from '../../../base/time.ts';
import { modeLabel, nameLabel } from './prometheus-labels.ts';
import { nameStatefulSet } from './prometheus-names.ts';
import { readRetention } from './retention-bounds.ts';
import { countShards } from './shards.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** When a retained shard may go, RFC 3339; Go's zero time means never. */
export const deadlineAnnotation = 'operator.prometheus.io/deletion-deadline';
const never = '0001-01-01T00:00:00Z';

/** What to do with the StatefulSet of a shard that is no longer wanted. Times are milliseconds since 1970. */
export type SurplusDecision =
  | { readonly kind: 'delete'; readonly statefulSet: KubernetesObject }
  /** Write `deadline` into the annotation, then keep it. */
  | {
      readonly kind: 'retain';
      readonly statefulSet: KubernetesObject;
      readonly deadline: string;
      readonly dueAt: number | undefined;
    }
  /** Its deadline is set and not over; undefined means never. */
  | { readonly kind: 'keep'; readonly statefulSet: KubernetesObject; readonly dueAt: number | undefined };

function retainsShards({ server, settings }: PrometheusWorkload): boolean {
  return settings.gates.PrometheusShardRetentionPolicy && server?.shardRetentionPolicy?.whenScaled === 'Retain';
}

/** Milliseconds that a shard's data are still worth something; 0 for ever (docs/reference/rendering.md 4.18). */
function graceOf(spec: PrometheusSpec | undefined): number {
  const period = spec?.shardRetentionPolicy?.retain?.retentionPeriod;
  if (period !== undefined) return parseDuration(period);
  const { time } = readRetention(spec ?? {}, true);
  return time === undefined ? 0 : parseDuration(time);
}

function decide(workload: PrometheusWorkload, statefulSet: KubernetesObject, now: number): SurplusDecision {
  if (!retainsShards(workload)) return { kind: 'delete', statefulSet };
  const deadline = statefulSet.metadata.annotations?.[deadlineAnnotation];
  if (deadline === never) return { kind: 'keep', statefulSet, dueAt: undefined };
  const dueAt = Date.parse(deadline ?? '');
  if (!Number.isNaN(dueAt))
    return dueAt <= now ? { kind: 'delete', statefulSet } : { kind: 'keep', statefulSet, dueAt };
  const grace = graceOf(workload.server);
  if (grace === 0) return { kind: 'retain', statefulSet, deadline: never, dueAt: undefined };
  return { kind: 'retain', statefulSet, deadline: formatTime(now + grace), dueAt: now + grace };
}

/** A set with our labels that another controller runs is none of ours. */
function belongsTo({ owner, role }: PrometheusWorkload, { metadata }: KubernetesObject): boolean {
  const controller = metadata.ownerReferences?.find((reference) => reference.controller === true);
  const labelled = metadata.labels?.[nameLabel] === owner.metadata.name && metadata.labels?.[modeLabel] === role;
  const ours = controller === undefined || controller.uid === owner.metadata.uid;
  return (
    labelled && ours && metadata.namespace === owner.metadata.namespace && metadata.deletionTimestamp === undefined
  );
}

/** Names of the StatefulSets that the workload should have, by shard; none for a DaemonSet. */
export function listStatefulSetNames(workload: PrometheusWorkload): string[] {
  if (workload.form === 'DaemonSet') return [];
  return [...Array(countShards(workload.spec)).keys()].map((shard) => nameStatefulSet(workload.names, shard));
}

/**
 * What to do with StatefulSets of the workload that it does not want any more: after scaling down, or after an agent became
 * a DaemonSet (docs/reference/rendering.md 4.18). Those that are being deleted, or belong to others, are left out.
 * @param live StatefulSets of the namespace.
 * @param now milliseconds since 1970.
 */
export function decideSurplus(
  workload: PrometheusWorkload,
  live: readonly KubernetesObject[],
  now: number,
): SurplusDecision[] {
  const wanted = new Set(listStatefulSetNames(workload));
  return live
    .filter((one) => belongsTo(workload, one) && !wanted.has(one.metadata.name ?? ''))
    .map((one) => decide(workload, one, now));
}
