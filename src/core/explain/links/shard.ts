import { unlessNone } from '../../render/prometheus/config/blocks.ts';
import { countShards } from '../../render/prometheus/shards.ts';
import type { JobCase } from '../case.ts';
import { listCandidates, listUrls, makeStep, plural } from '../case.ts';
import { readField } from '../fields.ts';
import { advise, setField } from '../fixes.ts';
import type { Fix, Step } from '../model.ts';

const disableLabel = '__tmp_disable_sharding';

/** Which shard scrapes which targets: each shard's own configuration is asked. */
export function judgeShard(one: JobCase): Step {
  const { view, name: object, question } = one;
  const workload = view.requireWorkload();
  const { shards, zones } = view.context.sharding;
  const at = zones === undefined ? 'spec.shards' : 'spec.shardingStrategy.topology';
  if (workload.form === 'DaemonSet')
    return makeStep('shard', 'pass', {
      reason: 'SingleShard',
      object: view.name,
      compared: 'each pod of the DaemonSet scrapes its own node',
    });
  if (shards === 1 && zones === undefined && question.shard === undefined)
    return makeStep('shard', 'pass', {
      reason: 'SingleShard',
      object: view.name,
      at,
      compared: 'one shard scrapes all',
    });
  const byShard = one.listShards();
  const urls = [...new Set([...byShard.values()].flat())];
  const all = listUrls(one.candidates);
  const counts = { selected: urls.length, total: all.length };
  const compared = `${plural(shards, 'shard')}${zones === undefined ? '' : ` in ${plural(zones, 'zone')}`} share ${plural(all.length, 'target')}`;
  const found = [...byShard].map(([shard, some]) => `shard ${shard}: ${some.length}`).join(', ');
  if (urls.length === 0)
    return makeStep('shard', 'fail', {
      reason: 'NoShard',
      object: view.name,
      at,
      compared,
      found: zones === undefined ? 'no shard takes any of them' : `${found}; ${describeZones(one)}`,
      counts,
      fixes: proposeEveryShard(one),
    });
  if (question.shard !== undefined && (byShard.get(question.shard) ?? []).length === 0)
    return makeStep('shard', 'fail', {
      reason: 'OtherShard',
      object: view.name,
      at,
      compared,
      found: `${found}; asked about shard ${question.shard}`,
      counts: { selected: 0, total: all.length },
      fixes: proposeEveryShard(one),
    });
  return makeStep('shard', 'pass', { reason: 'ShardAssigned', object, at: '', compared, found, counts });
}

/** The targets of each shard by its own configuration. */
export function listTargetsByShard(one: Omit<JobCase, 'listShards'>): ReadonlyMap<number, readonly string[]> {
  const { view, kind, monitor, job } = one;
  const count = countShards(view.object.spec);
  const found = Array.from({ length: count }, (_, shard) => {
    const loaded = view.loadJobs(kind, monitor, shard).filter((other) => other.job.jobName === job.name);
    const pool = view.findTargets(loaded).pools.get(job.name);
    const urls = pool === undefined ? [] : listCandidates(pool, job.origins, one.focus);
    return [shard, listUrls(urls)] as const;
  });
  return new Map(found);
}

const zoneLabel = '__meta_kubernetes_endpointslice_endpoint_zone';

function describeZones({ candidates, view }: JobCase): string {
  const zones = [...new Set(candidates.map(({ discovered }) => discovered.get(zoneLabel) ?? ''))];
  const wanted = view.object.spec.shardingStrategy?.topology?.values ?? [];
  const there = zones.filter((zone) => zone !== '');
  return `targets are in ${there.length === 0 ? 'no known zone' : there.join(', ')}, shards in ${wanted.join(', ')}`;
}

const relabelFields: Readonly<Record<string, string>> = {
  Probe: 'spec.targets.staticConfig.relabelingConfigs',
  ScrapeConfig: 'spec.relabelings',
};

/** A label by which every shard keeps the target (docs/reference/rendering.md 2.1.7). */
function proposeEveryShard(one: JobCase): Fix[] {
  const field = one.job.endpoint === '' ? (relabelFields[one.kind] ?? '') : `${one.job.endpoint}.relabelings`;
  const known = readField(one.monitor, field);
  const rules = unlessNone(Array.isArray(known) ? (known as readonly unknown[]) : undefined) ?? [];
  const rule = { targetLabel: disableLabel, replacement: 'true' };
  const advice =
    one.view.context.sharding.zones === undefined
      ? 'or look at the shard that scrapes them'
      : 'or add the zone to spec.shardingStrategy.topology.values and raise spec.shards to a multiple of the zones';
  return [setField(one.name, field, [...rules, rule]), advise(one.view.name, advice)];
}
