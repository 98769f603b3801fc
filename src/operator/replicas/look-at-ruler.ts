import type { ReplicaState } from '../../core/loaded/judge-loaded.ts';
import { readReloadMetrics } from '../../core/loaded/read-metrics.ts';
import { findGap, judgePlace } from './look-at-replica.ts';
import type { LookDeps, LookTask } from './look-at-replica.ts';
import { findRulesPlace } from './look-at-rules.ts';

const metrics = { reloads: 'thanos_rule_config', build: 'thanos_build_info' };

/** Its metrics tell whether it has loaded anything since the last look, and only then its rules are read, once. */
export async function lookAtRuler(deps: LookDeps, task: LookTask): Promise<ReplicaState> {
  const { address, memory, version } = task;
  const answer = await deps.ask(address, '/metrics');
  const facts = readReloadMetrics(answer.text, metrics);
  if (facts === undefined)
    return { kind: 'barred', why: 'its metrics do not tell of its reloads: it is no ruler of Thanos' };
  const { loadedAt, succeeded } = facts;
  memory.loadedAt = loadedAt;
  if (!succeeded) return { kind: 'refused', loadedAt, version: findGap(facts.version, version) };
  const place = await findRulesPlace(deps, task, { answer, facts });
  if (place === 'unread') return { kind: 'barred', why: 'its rules cannot be read' };
  return judgePlace(deps, task, { place, loadedAt });
}
