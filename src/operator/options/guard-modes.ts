import type { GuardModes } from '../../core/settings.ts';
import type { FlagReader } from './reader.ts';
import { readChoice } from './values.ts';

export const guardModes = ['off', 'annotated', 'on'] as const;

/** Whether PodDisruptionBudgets and NetworkPolicies are made for workloads. @throws {OptionError} naming the flag. */
export function readGuards(reader: FlagReader): GuardModes {
  const read = (flag: string) => readChoice(flag, reader.text(flag), guardModes);
  return { podDisruptionBudgets: read('pod-disruption-budgets'), networkPolicies: read('network-policies') };
}
