import type { CommonPrometheusFields } from '../../../api/parts/prometheus-fields.ts';
import type { Findings } from '../../findings.ts';
import { mostShards } from '../../limits.ts';
import type { OperatorSettings } from '../../settings.ts';

/** How many shards: at least one (docs/reference/rendering.md 4.1), and not more than `checkShards` lets through. */
export function countShards({ shards }: CommonPrometheusFields): number {
  // Status is told of a spec that no CRD would take, too.
  return Number.isInteger(shards) ? Math.min(mostShards, Math.max(1, shards ?? 1)) : 1;
}

/** More shards than one sync can render. */
export function* checkShards({ shards = 1 }: CommonPrometheusFields): Findings {
  if (shards <= mostShards) return;
  const message = `Cannot run ${shards} shards: at most ${mostShards} are possible`;
  yield { reason: 'InvalidValue', field: 'spec.shards', message };
}

/** Pods of each shard; zero is zero, less means one. */
export function countReplicas(spec: CommonPrometheusFields): number {
  const replicas = spec.replicas ?? 1;
  return replicas < 0 ? 1 : replicas;
}

/** Where a shard sits when shards are spread over zones. */
export interface ShardZone {
  readonly zone: string;
  /** Number of the shard inside its zone, from 0. */
  readonly position: number;
}

/** The zone of a shard, or undefined when topology sharding is not in use (docs/reference/rendering.md 4.5). */
export function zoneOfShard(
  spec: CommonPrometheusFields,
  shard: number,
  settings: OperatorSettings,
): ShardZone | undefined {
  const strategy = spec.shardingStrategy;
  const zones = strategy?.topology?.values ?? [];
  if (!settings.gates.PrometheusTopologySharding || strategy?.mode !== 'Topology' || zones.length === 0)
    return undefined;
  return { zone: zones[shard % zones.length] ?? '', position: Math.floor(shard / zones.length) };
}

/** Variables of a configuration that have one value for all pods of a shard. */
export const shardVariables = ['SHARD', 'TOPOLOGY_ZONE', 'INZONE_SHARD'] as const;

/** The values of these variables; those without one are left out. @param shard number of the shard, from 0 */
export function listShardValues(
  { spec, settings }: { readonly spec: CommonPrometheusFields; readonly settings: OperatorSettings },
  shard: number,
): Partial<Record<(typeof shardVariables)[number], string>> {
  const place = zoneOfShard(spec, shard, settings);
  if (place === undefined) return { SHARD: String(shard) };
  return {
    SHARD: String(shard),
    ...(place.zone === '' ? {} : { TOPOLOGY_ZONE: place.zone }),
    INZONE_SHARD: String(place.position),
  };
}
