import { findDecisive } from '../explain/chain.ts';
import type { Chain } from '../explain/model.ts';
import { showObject } from '../explain/model.ts';
import type { ExplainedRow, PermissionRow, RejectedRow } from './overview.ts';
import type { FollowedMonitor } from './monitor-rows.ts';

/** The objects that workloads leave out, among all rows. */
export function listRejected(rows: readonly ExplainedRow[]): RejectedRow[] {
  return rows.flatMap(({ object, workload, summary, fix, command, cause, causeCode, at }) =>
    cause === undefined || causeCode === undefined
      ? []
      : [{ object, workload, reason: cause, code: causeCode, field: at, summary, fix, command }],
  );
}

/** What ServiceAccounts lack, each said once for each workload. */
export function listPermissions(followed: readonly FollowedMonitor[]): PermissionRow[] {
  const found = new Map<string, PermissionRow>();
  for (const { row, chains } of followed)
    for (const chain of chains) {
      const permission = findDenied(chain, row.command);
      if (permission === undefined) continue;
      const key = `${showObject(permission.workload)} ${permission.missing}`;
      if (!found.has(key)) found.set(key, permission);
    }
  return [...found.values()];
}

function findDenied(chain: Chain, command: string): PermissionRow | undefined {
  const step = findDecisive(chain);
  if (step?.reason !== 'AccessDenied') return undefined;
  const { object: account, found: missing, fixes } = step;
  return { account, workload: chain.workload, missing, fix: fixes[0]?.text ?? '', command };
}
