import type { ObjectName } from '../explain/model.ts';
import { showName, showObject } from '../explain/model.ts';
import type { ExplainedRow, Overview, RowState, WorkloadRow } from './overview.ts';

/** What is to be shown; what is absent or empty leaves nothing out. */
export interface OverviewFilter {
  /** Of the object; workloads that have to do with what is shown are shown, too. */
  readonly namespace?: string | undefined;
  /** "monitoring/main" or "main". */
  readonly workload?: string | undefined;
  /** "ServiceMonitor" and so on, in any case of letters. */
  readonly kinds?: readonly string[];
  readonly states?: readonly RowState[];
  /** Reasons or codes, in any case of letters. */
  readonly reasons?: readonly string[];
}

/** What of an overview is asked for. */
export function filterOverview(overview: Overview, filter: OverviewFilter): Overview {
  const isShown = (row: ExplainedRow): boolean => isRowShown(row, filter);
  const monitors = overview.monitors.filter(isShown);
  const rules = overview.rules.filter(isShown);
  const routes = overview.routes.filter(isShown);
  const used = new Set([...monitors, ...rules, ...routes].map(({ workload }) => showObject(workload)));
  const isNear = ({ object }: WorkloadRow): boolean =>
    filter.namespace === undefined || object.namespace === filter.namespace || used.has(showObject(object));
  const isOfShown = ({ object, workload }: Pick<ExplainedRow, 'object' | 'workload'>): boolean =>
    isInside(object, filter) && isOf(workload, filter);
  return {
    ...overview,
    monitors,
    rules,
    routes,
    workloads: overview.workloads.filter((row) => isNear(row) && isWorkloadShown(row, filter)),
    rejected: overview.rejected.filter(isOfShown),
    permissions: overview.permissions.filter(({ workload }) => isOf(workload, filter)),
    supposed: overview.supposed.filter(({ namespace }) => isInside({ namespace }, filter)),
  };
}

const has = (wanted: readonly string[] | undefined, ...words: readonly (string | undefined)[]): boolean =>
  wanted === undefined ||
  wanted.length === 0 ||
  wanted.some((one) => words.some((word) => word?.toLowerCase() === one.toLowerCase()));

const isInside = ({ namespace }: Pick<ObjectName, 'namespace'>, filter: OverviewFilter): boolean =>
  filter.namespace === undefined || namespace === filter.namespace;

const isOf = (workload: ObjectName, { workload: wanted }: OverviewFilter): boolean =>
  wanted === undefined || showName(workload) === wanted || workload.name === wanted;

/** Whether a row is asked for. */
export function isRowShown(row: ExplainedRow, filter: OverviewFilter): boolean {
  return (
    isInside(row.object, filter) &&
    isOf(row.workload, filter) &&
    has(filter.kinds, row.object.kind) &&
    has(filter.states, row.state) &&
    has(filter.reasons, row.reason, row.code, row.cause, row.causeCode)
  );
}

/** Of kinds that workloads are not of nothing is said of them. */
function isWorkloadShown({ object, state, reason, code }: WorkloadRow, filter: OverviewFilter): boolean {
  return isOf(object, filter) && has(filter.states, state) && has(filter.reasons, reason, code);
}
