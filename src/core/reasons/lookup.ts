import { nearestName } from '../../api/validation/nearest.ts';
import type { Code } from './entry.ts';
import type { Reason } from './table.ts';
import { reasonGroups } from './table.ts';

/** A reason with all that is said of it. `example` and `mend` are there where something is wrong. */
export interface ListedReason {
  readonly reason: string;
  readonly code: Code;
  readonly group: string;
  /** Who gives it. */
  readonly where: string;
  readonly meaning: string;
  readonly example?: string;
  readonly mend?: string;
}

/** All reasons, by code. */
export const listedReasons: readonly ListedReason[] = reasonGroups
  .flatMap(({ title, where, entries }) =>
    Object.entries(entries).map(([reason, entry]) => ({ reason, group: title, where, ...entry })),
  )
  .sort((a, b) => (a.code < b.code ? -1 : 1));

const byReason: ReadonlyMap<string, ListedReason> = new Map(listedReasons.map((one) => [one.reason, one]));

/** The code of a reason: `SeriesImpossible` gives STK1203. */
export function codeOf(reason: Reason): Code {
  const found = byReason.get(reason);
  if (found === undefined) throw new RangeError(`Reason ${reason} is not in the table`);
  return found.code;
}

/** By code or by name, in either case of letters; undefined when there is none. */
export function findReason(wanted: string): ListedReason | undefined {
  const lower = wanted.toLowerCase();
  return listedReasons.find(({ code, reason }) => code.toLowerCase() === lower || reason.toLowerCase() === lower);
}

/** The one that was probably meant; undefined when none is near. */
export function findNearestReason(wanted: string): ListedReason | undefined {
  const isCode = /^stk/i.test(wanted);
  const near = nearestName(
    wanted,
    listedReasons.map(({ code, reason }) => (isCode ? code : reason)),
  );
  return near === undefined ? undefined : findReason(near);
}
