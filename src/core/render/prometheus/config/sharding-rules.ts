import { makeSharedRule } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';

/** How targets are divided (docs/reference/rendering.md 2.1.7). */
export interface ShardingPlan {
  readonly shards: number;
  /** How many zones shards are spread over; undefined without topology sharding. */
  readonly zones: number | undefined;
  /** Retained shards scrape nothing. */
  readonly retention: boolean;
}

/** The last rules of a job, which say which shard scrapes a target, by the label whose value is hashed. */
export interface ShardingRules {
  readonly __address__: readonly RelabelRule[];
  readonly __param_target: readonly RelabelRule[];
}

/** Where a target's zone is found, by what the cluster puts on pods. */
const zoneLabels = { pod: '__meta_kubernetes_pod', node: '__meta_kubernetes_node' };
const zoneLabel = 'topology_kubernetes_io_zone';
const replace = 'replace';
const firstNotEmpty = { regex: '(.+);', replacement: '$1', action: replace };

/** A shard that is kept only for its data scrapes nothing. */
function renderRetentionRules(shards: number): RelabelRule[] {
  const numbers = Array.from({ length: shards }, (_, shard) => shard).join('|');
  return [
    makeSharedRule('', { target_label: '__tmp_current_shard', replacement: '$(SHARD)', action: replace }),
    makeSharedRule('workload.spec.shards', { source_labels: ['__tmp_current_shard'], regex: numbers, action: 'keep' }),
  ];
}

function renderTopologyRules(podTopologyLabels: boolean): RelabelRule[] {
  const prefix = podTopologyLabels ? zoneLabels.pod : zoneLabels.node;
  const origin = 'workload.spec.shardingStrategy.topology';
  const target = '__tmp_topology';
  const zone = '__meta_kubernetes_endpointslice_endpoint_zone';
  return [
    makeSharedRule(origin, { source_labels: [zone, target], target_label: target, ...firstNotEmpty }),
    makeSharedRule(origin, {
      source_labels: [`${prefix}_label_${zoneLabel}`, `${prefix}_labelpresent_${zoneLabel}`, target],
      target_label: target,
      regex: '(.+);true;',
      replacement: '$1',
      action: replace,
    }),
    makeSharedRule(origin, {
      source_labels: [target, '__tmp_disable_sharding'],
      regex: '$(TOPOLOGY_ZONE);|.+;.+',
      action: 'keep',
    }),
  ];
}

/** Which shard scrapes a target (docs/reference/rendering.md 2.1.7): the same for all jobs of a workload. */
export function renderShardingRules(plan: ShardingPlan, podTopologyLabels: boolean): ShardingRules {
  const render = (hashed: keyof ShardingRules): RelabelRule[] => renderRules(hashed, plan, podTopologyLabels);
  return { __address__: render('__address__'), __param_target: render('__param_target') };
}

function renderRules(
  hashed: keyof ShardingRules,
  { shards, zones, retention }: ShardingPlan,
  podTopologyLabels: boolean,
): RelabelRule[] {
  const modulus = zones === undefined ? shards : Math.max(1, Math.floor(shards / zones));
  const variable = zones === undefined ? 'SHARD' : 'INZONE_SHARD';
  const hash = '__tmp_hash';
  return [
    ...(retention ? renderRetentionRules(shards) : []),
    ...(zones === undefined ? [] : renderTopologyRules(podTopologyLabels)),
    makeSharedRule('workload.spec.shards', { source_labels: [hashed, hash], target_label: hash, ...firstNotEmpty }),
    makeSharedRule('workload.spec.shards', { source_labels: [hash], target_label: hash, modulus, action: 'hashmod' }),
    makeSharedRule('workload.spec.shards', {
      source_labels: [hash, '__tmp_disable_sharding'],
      regex: `$(${variable});|.+;.+`,
      action: 'keep',
    }),
  ];
}
