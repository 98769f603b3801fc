import { compareRules } from '../../core/loaded/compare-rules.ts';
import { readRulesAnswer } from '../../core/loaded/read-rules.ts';
import { isFinal, isKnown } from './look-at-replica.ts';
import type { LookDeps, LookTask, Told } from './look-at-replica.ts';

/** Alerts that are active may be many more than rules; older versions send them all the same. */
const rulesPath = '/api/v1/rules?exclude_alerts=true';

/**
 * Where the rules of a Prometheus or a ThanosRuler differ from what was written, or "unread"; what was read at the last look is
 * not read again.
 */
export async function findRulesPlace(
  { ask, turns }: LookDeps,
  { address, memory, written: { rules } }: LookTask,
  told: Told,
): Promise<string | undefined> {
  if (rules === undefined) return undefined;
  const { loadedAt } = told.facts;
  const { revision } = rules;
  if (isKnown(memory.foundRules, revision, loadedAt)) return memory.foundRules.place;
  const { text } = await ask(address, rulesPath);
  const printed = await turns.run(readRulesAnswer(text));
  if (printed === undefined) return 'unread';
  const compared = await turns.run(compareRules({ written: rules.files(), printed, known: memory.knownRules }));
  const place = compared.same ? undefined : compared.place;
  memory.foundRules = { revision, loadedAt, place, isFinal: isFinal(told) };
  return place;
}
