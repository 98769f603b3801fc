import type { ObjectName } from '../explain/model.ts';
import type { ExplainedRow, Overview } from './overview.ts';

/** Whether objects of a kind in a namespace may be seen; "" for those in none. */
export type Sees = (kind: string, namespace: string) => boolean;

/**
 * What whoever sees so much is shown of an overview: rows about objects that they may see. Of what was decided by an object
 * that is hidden from them only the state and the reason are left.
 */
export function restrictOverview(overview: Overview, sees: Sees): Overview {
  const isSeen = ({ kind, namespace }: ObjectName): boolean => sees(kind, namespace);
  const restrict = <T extends ExplainedRow>(rows: readonly T[]): T[] =>
    rows.filter(({ object }) => isSeen(object)).map((row) => hideDecisive(row, isSeen));
  return {
    ...overview,
    // They name whatever could not be read.
    notes: sees('ServiceMonitor', '') ? overview.notes : [],
    monitors: restrict(overview.monitors),
    rules: restrict(overview.rules),
    routes: restrict(overview.routes),
    workloads: overview.workloads.filter(({ object }) => isSeen(object)),
    rejected: overview.rejected.filter(({ object, workload }) => isSeen(object) && isSeen(workload)),
    permissions: overview.permissions.filter(({ workload }) => isSeen(workload)),
    supposed: overview.supposed.filter(({ namespace }) => sees('Pod', namespace)),
  };
}

/** The texts of a chain name what was looked at: Services beside the monitor, labels of the namespace, fields of the workload. */
function hideDecisive<T extends ExplainedRow>(row: T, isSeen: (object: ObjectName) => boolean): T {
  if (row.state === 'ok' || isSeen(row.decisive)) return row;
  const summary = `${row.reason}: what decides is not yours to see.`;
  return { ...row, summary, decisive: row.object, at: '', fix: '' };
}
