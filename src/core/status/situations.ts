import type { Verdict } from './conditions.ts';

/** Conditions of ours, beside the two of the reference: each is only there while there is something to say. In their order. */
export const situationalConditions = ['Permitted', 'ChangePending', 'Contested', 'VolumesExpanded', 'Loaded'] as const;

export type SituationalCondition = (typeof situationalConditions)[number];

/** By condition; what is undefined is no condition. */
export type SituationVerdicts = Readonly<Partial<Record<SituationalCondition, Verdict | undefined>>>;

const known: ReadonlySet<string> = new Set(situationalConditions);

export const isSituational = (type: string): boolean => known.has(type);
