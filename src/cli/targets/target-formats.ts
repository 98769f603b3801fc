import { dumpYaml } from '../../base/yaml.ts';
import { explainTargets } from '../../core/targets/explained-targets.ts';
import type { ExplainedTargets } from '../../core/targets/explained-targets.ts';
import { listTargetRows, summarizeTargets } from '../../core/targets/target-rows.ts';
import type { RuleNamer, TargetRow, TargetState, TargetSummary } from '../../core/targets/target-rows.ts';
import type { TargetPool } from '../../core/targets/target-pool.ts';
import { writeSamples } from '../../discovery/metrics.ts';
import type { Sample } from '../../discovery/metrics.ts';
import { renderTable } from '../table.ts';

/** Which targets are shown; the summary counts all. */
export interface TargetFilter {
  /** All states when empty. */
  readonly states: ReadonlySet<TargetState>;
  /** All jobs when empty. */
  readonly jobs: ReadonlySet<string>;
}

export interface FoundTargets {
  readonly pools: ReadonlyMap<string, TargetPool>;
  readonly nameRule: RuleNamer;
  readonly notes: readonly string[];
  /** What Prometheus itself would show of its discovery at /metrics; none of manifests. */
  readonly samples: readonly Sample[];
}

type Print = (found: FoundTargets, filter: TargetFilter) => string;

/** How targets are printed, by the value of `--output`. */
export const targetFormats: Readonly<Record<string, Print>> = {
  table: (found, filter) => printTable(found, filter, false),
  wide: (found, filter) => printTable(found, filter, true),
  json: (found, filter) => `${JSON.stringify(describeTargets(found, filter), null, 2)}\n`,
  yaml: (found, filter) => dumpYaml(describeTargets(found, filter)),
  metrics: ({ samples }) => writeSamples(samples),
};

/** Whether a target is asked for. */
export function isShown({ job, state }: Pick<TargetRow, 'job' | 'state'>, { states, jobs }: TargetFilter): boolean {
  return (states.size === 0 || states.has(state)) && (jobs.size === 0 || jobs.has(job));
}

const listAll = ({ pools, nameRule }: FoundTargets): TargetRow[] => listTargetRows(pools, nameRule);

function printTable(found: FoundTargets, filter: TargetFilter, isWide: boolean): string {
  const rows = listAll(found);
  const shown = rows.filter((row) => isShown(row, filter));
  const heads = ['JOB', 'TARGET', 'STATE', 'WHY', ...(isWide ? ['FROM', 'SOURCE'] : [])];
  const table =
    shown.length === 0
      ? ''
      : renderTable(
          heads,
          shown.map((row) => listCells(row, isWide)),
        );
  return `${table}${describeSummary(summarizeTargets(rows, found.pools.size))}\n`;
}

/** The cells of a row; where the field behind a rule has no column of its own it follows the reason. */
export function listCells({ job, url, state, why, from, source }: TargetRow, isWide: boolean): string[] {
  const target = url === '' ? '–' : url;
  const reason = url === '' ? `${why} (${source})` : why;
  if (isWide) return [job, target, state, why, from, source];
  return [job, target, state, from === '' ? reason : `${reason} · ${from}`];
}

/** Such as "11 active, 38 dropped, 1 failed, 1 duplicate · 4 jobs · waste 78 %". */
export function describeSummary({ counts, jobs, overlapping, waste }: TargetSummary): string {
  const { active, dropped, failed, duplicate } = counts;
  const parts = [
    `${active} active, ${dropped} dropped, ${failed} failed, ${duplicate} duplicate`,
    ...(overlapping === 0 ? [] : [`${overlapping} in several jobs`]),
    `${jobs} ${jobs === 1 ? 'job' : 'jobs'}`,
    `waste ${waste} %`,
  ];
  return parts.join(' · ');
}

interface Document extends ExplainedTargets {
  readonly summary: TargetSummary;
  readonly notes: readonly string[];
}

/** As data, as `-o json` prints it. */
export function describeTargets(found: FoundTargets, filter: TargetFilter): Document {
  const { pools, nameRule, notes } = found;
  const explained = explainTargets(pools, nameRule);
  const keep = <T extends { readonly scrapePool: string }>(state: TargetState, list: readonly T[]): readonly T[] =>
    list.filter(({ scrapePool }) => isShown({ job: scrapePool, state }, filter));
  return {
    ...explained,
    activeTargets: keep('active', explained.activeTargets),
    droppedTargets: keep('dropped', explained.droppedTargets),
    failedTargets: keep('failed', explained.failedTargets),
    duplicateTargets: keep('duplicate', explained.duplicateTargets),
    summary: summarizeTargets(listAll(found), pools.size),
    notes,
  };
}
