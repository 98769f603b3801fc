import type { KubernetesObject } from '../../api/meta.ts';
import { cutText } from '../../base/cut-text.ts';
import { toldMessageBytes } from '../limits.ts';
import type { Verdict } from './conditions.ts';

const inOrder = ['InvalidGuard', 'GuardNameTaken', 'GuardNotWritten', 'GuardsSwitchedOff', 'EvictionsBlocked'] as const;

/** What is to be told of the PodDisruptionBudgets and NetworkPolicy of a workload. */
export interface GuardRemark {
  readonly reason: (typeof inOrder)[number];
  readonly message: string;
}

/** Of an object of a guard's name that is not the workload's. */
export function describeTaken({ kind = '', metadata }: KubernetesObject, annotation: string): string {
  const what = `${kind} "${metadata.name ?? ''}"`;
  return `${what} is there and is not of this workload: it is left as it is; delete it, or set ${annotation} to "off"`;
}

/** The condition Guarded: undefined, which is no condition, while all are as asked for, or none is. What is missing is told first. */
export function judgeGuards(remarks: readonly GuardRemark[]): Verdict | undefined {
  const sorted = inOrder.flatMap((reason) => remarks.filter((one) => one.reason === reason));
  const [worst] = sorted;
  if (worst === undefined) return undefined;
  const status = worst.reason === 'EvictionsBlocked' ? 'True' : 'False';
  const message = cutText(sorted.map((one) => one.message).join('\n'), toldMessageBytes);
  return { status, reason: worst.reason, message };
}
