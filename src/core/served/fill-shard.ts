import type { LoadedJob } from '../targets/scrape-job.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import type { ShardValues } from './served-workload.ts';

const variable = /\$\((\w+)\)/g;
const shardNumber = '$(SHARD)';

/** Whether shards have different targets of the job: its rules say so with a variable. */
export function isSharded({ job }: LoadedJob): boolean {
  return job.relabelRules.some(({ regex, replacement }) => `${regex} ${replacement}`.search(variable) >= 0);
}

/**
 * The job as a shard has it: variables in its rules filled in, as the config-reloader does it for a configuration; those without a
 * value stay.
 */
export function fillShard(loaded: LoadedJob, values: ShardValues): LoadedJob {
  const fill = (text: string): string => text.replaceAll(variable, (written, name: string) => values[name] ?? written);
  return mapRules(loaded, (rule) => ({ ...rule, regex: fill(rule.regex), replacement: fill(rule.replacement) }));
}

/** The job as all shards have it together: no target is dropped for belonging to another one. */
export function joinShards(loaded: LoadedJob): LoadedJob {
  // The number of the running shard is compared with those that are not retained: shard 0 never is.
  return mapRules(loaded, (rule) => ({
    ...rule,
    regex: rule.regex.replaceAll(variable, '.*'),
    replacement: rule.replacement === shardNumber ? '0' : rule.replacement,
  }));
}

/** The label by whose value the rules of a job deal targets out (docs/reference/rendering.md 2.1.7); undefined: they do not. */
export function findHashedLabel({ job }: LoadedJob): string | undefined {
  const rule = job.relabelRules.find(
    ({ targetLabel, sourceLabels }) => targetLabel === hashLabel && sourceLabels.includes(hashLabel),
  );
  return rule?.sourceLabels[0];
}

/** Where rules put what is hashed. */
export const hashLabel = '__tmp_hash';

/** A target with this label is scraped by all shards. */
export const unshardedLabel = '__tmp_disable_sharding';

/** The job without the rules that deal targets out: its targets have what would be hashed. */
export function withoutSharding(loaded: LoadedJob): LoadedJob {
  const { relabelRules } = joinShards(loaded).job;
  const hashed = relabelRules.findIndex(({ action, targetLabel }) => action === 'hashmod' && targetLabel === hashLabel);
  if (hashed < 0 || findHashedLabel(loaded) === undefined) return loaded;
  return { ...loaded, job: { ...loaded.job, relabelRules: relabelRules.slice(0, hashed) } };
}

function mapRules(loaded: LoadedJob, change: (rule: RelabelRule) => RelabelRule): LoadedJob {
  return { ...loaded, job: { ...loaded.job, relabelRules: loaded.job.relabelRules.map(change) } };
}
