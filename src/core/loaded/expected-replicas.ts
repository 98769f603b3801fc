import { nameStatefulSet } from '../render/prometheus/prometheus-names.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { countReplicas, countShards, zoneOfShard } from '../render/prometheus/shards.ts';
import type { Workload } from '../render/shared/workload.ts';
import { describePodProblem, isPodReady } from '../status/pods.ts';
import type { Pod } from '../status/pods.ts';
import type { Variables } from './same-scalar.ts';

/** A Pod as far as it is asked. */
export interface ReplicaPod extends Pod {
  readonly spec?: { readonly nodeName?: string };
  status?: Pod['status'] & { readonly podIP?: string };
}

/** One replica that a workload should have. */
export interface ExpectedReplica {
  /** Name of its Pod. */
  readonly name: string;
  readonly shard: number;
  /** Where it answers; undefined: it does not run. */
  readonly address: string | undefined;
  /** The kubelet says that it serves. */
  readonly isReady: boolean;
  /** Why it does not run, or is not ready; "" when it is. */
  readonly problem: string;
  /** What its config-reloader puts into the configuration. */
  readonly variables: Variables;
}

/** All replicas that the workload asks for, those that are not there among them; of a DaemonSet the Pods that there are. */
export function listReplicas(workload: PrometheusWorkload, pods: readonly ReplicaPod[]): ExpectedReplica[] {
  const byName = new Map(pods.map((pod) => [pod.metadata.name ?? '', pod]));
  if (workload.form === 'DaemonSet')
    return [...byName].map(([name, pod]) => describeReplica(workload, { name, shard: 0, pod }));
  const shards = [...Array(countShards(workload.spec)).keys()];
  return shards.flatMap((shard) =>
    [...Array(countReplicas(workload.spec)).keys()].map((ordinal) => {
      const name = `${nameStatefulSet(workload.names, shard)}-${ordinal}`;
      return describeReplica(workload, { name, shard, pod: byName.get(name) });
    }),
  );
}

/** The Pods of a workload without shards: of an Alertmanager or a ThanosRuler. @param count how many there should be */
export function listPlainReplicas({ names }: Workload, count: number, pods: readonly ReplicaPod[]): ExpectedReplica[] {
  const byName = new Map(pods.map((pod) => [pod.metadata.name ?? '', pod]));
  return [...Array(count).keys()].map((ordinal) => {
    const name = `${names.prefix}-${ordinal}`;
    // The environment of its config-reloader.
    return { ...describePod(name, byName.get(name)), shard: 0, variables: { POD_NAME: name, SHARD: '-1' } };
  });
}

interface Place {
  readonly name: string;
  readonly shard: number;
  readonly pod: ReplicaPod | undefined;
}

function describeReplica(workload: PrometheusWorkload, place: Place): ExpectedReplica {
  const { name, shard, pod } = place;
  return { ...describePod(name, pod), shard, variables: listVariables(workload, place) };
}

function describePod(name: string, pod: ReplicaPod | undefined): Omit<ExpectedReplica, 'shard' | 'variables'> {
  const isReady = pod !== undefined && isPodReady(pod);
  return {
    name,
    isReady,
    address: pod?.status?.phase === 'Running' ? pod.status.podIP : undefined,
    problem: isReady ? '' : explainProblem(pod),
  };
}

/** The environment of its config-reloader (docs/reference/rendering.md 4.10). */
function listVariables({ spec, settings, form }: PrometheusWorkload, { name, shard, pod }: Place): Variables {
  const zone = form === 'DaemonSet' ? undefined : zoneOfShard(spec, shard, settings);
  return {
    POD_NAME: name,
    NODE_NAME: pod?.spec?.nodeName ?? '',
    SHARD: String(shard),
    INZONE_SHARD: String(zone?.position ?? shard),
    TOPOLOGY_ZONE: zone?.zone ?? '',
  };
}

function explainProblem(pod: ReplicaPod | undefined): string {
  if (pod === undefined) return 'there is no such Pod';
  if (pod.metadata.deletionTimestamp !== undefined) return 'its Pod is being deleted';
  return describePodProblem(pod) ?? `its Pod is ${pod.status?.phase ?? 'not started yet'}`;
}
