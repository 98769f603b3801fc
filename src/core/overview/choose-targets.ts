import { visitInBatches } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { showName, showObject } from '../explain/model.ts';
import { targetsAtOnce } from '../limits.ts';
import type { TargetState } from '../targets/target-rows.ts';
import type { Sees } from './restrict.ts';
import type { SurveyedTarget, SurveyedTargets, UnlistedTargets } from './target-survey.ts';

/** Which targets are wanted; what is undefined leaves none out. */
export interface TargetQuery {
  /** "active" and so on, or "up", "down" and "unknown" for the health of active ones. */
  readonly state?: string | undefined;
  /** "monitoring/main". */
  readonly workload?: string | undefined;
  /** Of the monitor, or of the object that the target was found in. */
  readonly namespace?: string | undefined;
  /** In lower case: all must stand in the row. */
  readonly words: readonly string[];
  readonly sees: Sees;
  /** From which of those that are found on, and how many. */
  readonly from: number;
  readonly atMost: number;
}

export interface ChosenTargets {
  readonly rows: readonly SurveyedTarget[];
  readonly found: number;
  /** All that may be seen. */
  readonly counts: Readonly<Record<TargetState, number>>;
  /** Dropped ones that are not listed one by one, of monitors that may be seen. */
  readonly unlisted: number;
  /** What can be chosen. */
  readonly workloads: readonly string[];
  readonly namespaces: readonly string[];
}

/**
 * A page of the targets that are wanted and may be seen: those of a monitor that may be seen, found in an object of a namespace whose Pods
 * may be seen. Jobs that a Secret holds are for who may see that. It rests every so many rows.
 */
export function* chooseTargets(all: SurveyedTargets, query: TargetQuery): Interruptible<ChosenTargets> {
  const counts = { active: 0, dropped: 0, failed: 0, duplicate: 0 };
  const [workloads, namespaces] = [new Set<string>(), new Set<string>()];
  const rows: SurveyedTarget[] = [];
  let found = 0;
  yield* visitInBatches(all.rows, targetsAtOnce, (one) => {
    if (!isTargetSeen(one, query.sees)) return;
    const row = hideOthers(one, query.sees);
    counts[row.state] += 1;
    workloads.add(showName(row.workload));
    for (const namespace of namespacesOf(row)) namespaces.add(namespace);
    if (!isWanted(row, query)) return;
    if (found >= query.from && rows.length < query.atMost) rows.push(row);
    found += 1;
  });
  const unlisted = all.unlisted.filter((one) => isMonitorSeen(one, query.sees));
  return {
    ...{ rows, found, counts },
    unlisted: unlisted.reduce((sum, { dropped }) => sum + dropped, 0),
    workloads: [...workloads].sort(),
    namespaces: [...namespaces].filter((one) => one !== '').sort(),
  };
}

const isMonitorSeen = ({ monitor, workload }: UnlistedTargets | SurveyedTarget, sees: Sees): boolean =>
  monitor === undefined ? sees('Secret', workload.namespace) : sees(monitor.kind, monitor.namespace);

const isTargetSeen = (row: SurveyedTarget, sees: Sees): boolean =>
  isMonitorSeen(row, sees) && (row.namespace === undefined || sees('Pod', row.namespace));

const namespacesOf = ({ monitor, namespace = '' }: SurveyedTarget): string[] => [monitor?.namespace ?? '', namespace];

/** Whether what is known of its last scrapes is what is wanted. */
export const healthOf = ({ state, health = 'unknown' }: SurveyedTarget): string => (state === 'active' ? health : '');

function isWanted(row: SurveyedTarget, { state, workload, namespace, words }: TargetQuery): boolean {
  if (state !== undefined && state !== row.state && state !== healthOf(row)) return false;
  if (workload !== undefined && workload !== showName(row.workload)) return false;
  if (namespace !== undefined && !namespacesOf(row).includes(namespace)) return false;
  if (words.length === 0) return true;
  const text = describeTarget(row).toLowerCase();
  return words.every((word) => text.includes(word));
}

/** All of a row that is searched. */
const describeTarget = ({ workload, monitor, job, url, state, why, from, source }: SurveyedTarget): string =>
  [showObject(workload), monitor === undefined ? '' : showObject(monitor), job, url, state, why, from, source].join(
    ' ',
  );

/** Jobs of others that scrape the same are named to who sees monitors everywhere. */
function hideOthers(row: SurveyedTarget, sees: Sees): SurveyedTarget {
  const { overlaps } = row;
  if (overlaps.length === 0 || sees('ServiceMonitor', '')) return row;
  const others = overlaps.length === 1 ? 'another job' : `${overlaps.length} other jobs`;
  return { ...row, overlaps: [], why: `overlap: also scraped by ${others}` };
}
