import type { WorkloadCondition } from '../../api/parts/status.ts';
import type { Code } from '../reasons/entry.ts';
import { findReason } from '../reasons/lookup.ts';
import type { ConditionRow, RowState } from './overview.ts';

type Judge = (status: string, reason: string) => RowState;

/** Conditions that are there while something is not as it should be, whatever their status. */
const remark: Judge = () => 'warning';

const judges: Readonly<Record<string, Judge>> = {
  Available: (status) => byStatus[status] ?? 'unknown',
  Reconciled: (status, reason) =>
    status === 'True' ? (reason === '' ? 'ok' : 'warning') : (byStatus[status] ?? 'unknown'),
  Permitted: (status) => byStatus[status] ?? 'unknown',
  ...{ ChangePending: remark, Contested: remark, VolumesExpanded: remark, NearLimit: remark, Guarded: remark },
  // What is on its way is no failure.
  Loaded: (status, reason) => (reason === 'LoadPending' ? 'warning' : (byStatus[status] ?? 'unknown')),
};

const byStatus: Readonly<Record<string, RowState>> = { True: 'ok', Degraded: 'warning', False: 'failed' };

/** The conditions of a workload; what others wrote beside the operator's is left out. */
export function listConditions(conditions: readonly WorkloadCondition[] = []): ConditionRow[] {
  return conditions.flatMap(({ type, status, reason = '', message = '', lastTransitionTime: since }) => {
    const judge = judges[type];
    return judge === undefined
      ? []
      : [{ type, status, state: judge(status, reason), reason, code: codeOfJoined(reason), message, since }];
  });
}

/** Of several reasons ("NoPodReadyAndSomePodsNotReady") the first; "" for one that is not in the tables. */
export function codeOfJoined(reason: string): Code | '' {
  return (findReason(reason) ?? findReason(reason.split('And')[0] ?? ''))?.code ?? '';
}
