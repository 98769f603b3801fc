import { hashAlertmanagerConfig } from '../../core/loaded/config-hash.ts';
import type { ReplicaState } from '../../core/loaded/judge-loaded.ts';
import { readReloadMetrics } from '../../core/loaded/read-metrics.ts';
import { findGap, judgePlace } from './look-at-replica.ts';
import type { LookDeps, LookTask } from './look-at-replica.ts';

const metrics = { reloads: 'alertmanager_config', build: 'alertmanager_build_info' };

/** One answer tells the hash of the file that it runs. */
export async function lookAtAlertmanager(deps: LookDeps, task: LookTask): Promise<ReplicaState> {
  const { address, memory, version } = task;
  const { text } = await deps.ask(address, '/metrics');
  const facts = readReloadMetrics(text, metrics);
  if (facts === undefined)
    return { kind: 'barred', why: 'its metrics do not tell of its reloads: it is no Alertmanager' };
  const { loadedAt, succeeded } = facts;
  memory.loadedAt = loadedAt;
  if (!succeeded) return { kind: 'refused', loadedAt, version: findGap(facts.version, version) };
  const wanted = await findHash(task);
  if (wanted === 'unknown')
    return { kind: 'barred', why: 'its configuration has variables that the operator does not know' };
  const isSame = wanted === undefined || wanted === facts.hash;
  const place = isSame ? undefined : 'the hash of the file (alertmanager_config_hash)';
  return judgePlace(deps, task, { place, loadedAt });
}

/** Computed once a change. */
async function findHash({ memory, written: { config }, replica }: LookTask): Promise<number | undefined | 'unknown'> {
  if (config === undefined) return undefined;
  const { revision } = config;
  if (memory.hash?.revision !== revision)
    memory.hash = { revision, value: hashAlertmanagerConfig(await config.text(), replica.variables) };
  return memory.hash.value ?? 'unknown';
}
