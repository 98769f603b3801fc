import type { WorkloadCondition } from '../../api/parts/status.ts';
import type { Verdict } from './conditions.ts';

/** Conditions of ours, beside the two of the reference: each is only there while there is something to say. In their order. */
export const situationalConditions = [
  'Permitted',
  'ChangePending',
  'Contested',
  'VolumesExpanded',
  'NearLimit',
  'Guarded',
  'Loaded',
  'ShardsFit',
] as const;

export type SituationalCondition = (typeof situationalConditions)[number];

/** By condition; what is undefined is no condition. */
export type SituationVerdicts = Readonly<Partial<Record<SituationalCondition, Verdict | undefined>>>;

const known: ReadonlySet<string> = new Set(situationalConditions);

export const isSituational = (type: string): boolean => known.has(type);

/** What a condition of ours says; what others wrote under its name is taken as it is. */
export function readVerdict(condition: WorkloadCondition | undefined): Verdict | undefined {
  if (condition === undefined) return undefined;
  const { status, reason = '', message = '' } = condition;
  return { status, reason: reason as Verdict['reason'], message };
}
