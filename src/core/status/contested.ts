import { listSome } from '../../base/list-some.ts';
import { cutText } from '../../base/cut-text.ts';
import { mostNamedObjects, toldMessageBytes } from '../limits.ts';
import { inputHashAnnotation } from '../render/shared/input-hash.ts';
import type { Verdict } from './conditions.ts';

/** An object that another field manager changes each time it was written. */
export interface Contest {
  readonly kind: string;
  readonly name: string;
  /** Undefined when no other one has written it: what admits writes changes them. */
  readonly manager: string | undefined;
  /** Paths that were not as they should be when it was looked at last. */
  readonly fields: readonly string[];
  /** RFC 3339: when the first change was seen. */
  readonly since: string;
  /** Writes of ours that were undone. */
  readonly times: number;
}

/** Operators alone write the annotation with the hash: who replaces it is one. */
export const isOfOperator = ({ fields }: Contest): boolean => fields.some((path) => path.includes(inputHashAnnotation));

/** The condition Contested: undefined, which is no condition, while nobody else changes what the workload owns. */
export function judgeContests(contests: readonly Contest[]): Verdict | undefined {
  if (contests.length === 0) return undefined;
  const lines = listSome(contests.map(describeContest), mostNamedObjects, '\n');
  const reason = contests.some(isOfOperator) ? 'AnotherOperator' : 'FieldsContested';
  return { status: 'True', reason, message: cutText(lines, toldMessageBytes) };
}

/** One line for people: object, fields, manager, since when, how often, the way out. */
export function describeContest(contest: Contest): string {
  const { kind, name, manager, fields, since, times } = contest;
  const what = `${kind} "${name}": ${listSome(fields, mostNamedObjects)}`;
  const history = `${times} times since ${since}; it is written back less and less often`;
  if (isOfOperator(contest)) {
    return (
      `${what}: another operator (field manager "${manager ?? ''}") has changed it ${history}. ` +
      'Scale the other one down, or give each its own --controller-id or namespaces'
    );
  }
  if (manager === undefined)
    return `${what}: what admits writes (a webhook) has changed it ${history}. Leave the object out of it`;
  return `${what}: "${manager}" has changed it ${history}. Take the object or these fields out of its hands (Argo CD: ignoreDifferences)`;
}

/** Milliseconds for which an object is left alone after our write was undone for the n-th time. */
export function chooseRest(
  times: number,
  { free, first, longest }: { readonly free: number; readonly first: number; readonly longest: number },
): number {
  return times < free ? 0 : Math.min(longest, first * 2 ** (times - free));
}
