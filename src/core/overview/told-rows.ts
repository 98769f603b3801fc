import { groupBy } from '../../base/group-by.ts';
import { findDecisive } from '../explain/chain.ts';
import type { Chain } from '../explain/model.ts';
import { showObject } from '../explain/model.ts';
import type { ExplainedRow, PermissionRow, RejectedRow } from './overview.ts';

/** The objects that workloads leave out, among all rows. */
export function listRejected(rows: readonly ExplainedRow[]): RejectedRow[] {
  return rows.flatMap(({ object, workload, summary, fix, command, cause, causeCode, at }) =>
    cause === undefined || causeCode === undefined
      ? []
      : [{ object, workload, reason: cause, code: causeCode, field: at, summary, fix, command }],
  );
}

/** Each permission said once for each workload. */
export function mergePermissions(all: readonly PermissionRow[]): PermissionRow[] {
  const same = groupBy(all, ({ workload, missing }) => `${showObject(workload)} ${missing}`);
  return [...same.values()].flatMap(([first]) => first ?? []);
}

/** What ServiceAccounts lack, by the chains of one monitor. @param command the command line that explains it */
export function listDenied(chains: readonly Chain[], command: string): PermissionRow[] {
  return chains.flatMap((chain) => {
    const step = findDecisive(chain);
    if (step?.reason !== 'AccessDenied') return [];
    const { object: account, found: missing, fixes } = step;
    return { account, workload: chain.workload, missing, fix: fixes[0]?.text ?? '', command };
  });
}
