import { countShards, zoneOfShard } from '../render/prometheus/shards.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';

/**
 * The configuration as the config-reloader hands it to the Prometheus of one shard: its variables filled in.
 *
 * @param shard number of the shard; undefined: all of them together, so that no target is dropped for belonging to another.
 * A DaemonSet is always shown for all nodes together.
 * @throws {RangeError} when there is no such shard.
 */
export function viewShard(yaml: string, workload: PrometheusWorkload, shard: number | undefined): string {
  const shards = countShards(workload.spec);
  if (shard === undefined) return fillIn(yaml, everyShard);
  if (workload.form === 'StatefulSet' && shard >= shards)
    throw new RangeError(`Cannot show shard ${shard}: there are ${shards}, numbered from 0`);
  const { zone = '', position = shard } = zoneOfShard(workload.spec, shard, workload.settings) ?? {};
  return fillIn(yaml, { SHARD: String(shard), INZONE_SHARD: String(position), TOPOLOGY_ZONE: zone });
}

type Variables = Readonly<Record<'SHARD' | 'INZONE_SHARD' | 'TOPOLOGY_ZONE', string>>;

/** In a keep rule these match every shard and every zone. */
const everyShard: Variables = { SHARD: '.*', INZONE_SHARD: '.*', TOPOLOGY_ZONE: '.*' };

function fillIn(yaml: string, variables: Variables): string {
  // The number of the running shard is compared with those that are not retained: shard 0 never is.
  const current = variables.SHARD === everyShard.SHARD ? '0' : variables.SHARD;
  return yaml
    .replaceAll(/["']?spec\.nodeName=\$\(NODE_NAME\)["']?/g, '""')
    .replaceAll('replacement: $(SHARD)', `replacement: "${current}"`)
    .replaceAll(/\$\((SHARD|INZONE_SHARD|TOPOLOGY_ZONE)\)/g, (_, name: keyof Variables) => variables[name]);
}
