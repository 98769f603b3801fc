import { dumpYaml } from '../../base/yaml.ts';
import { showName } from '../../core/explain/model.ts';
import { rowStates } from '../../core/overview/overview.ts';
import type { ExplainedRow, MonitorRow, Overview, RowState, WorkloadRow } from '../../core/overview/overview.ts';
import { compareRows } from '../../core/overview/order.ts';
import { renderTable } from '../table.ts';

/** How to write for one reader. */
export interface StatusStyle {
  /** Colours; the word of the state stands there in any case. */
  readonly isTerminal: boolean;
  /** What stands behind each command that says more, such as " --offline deploy/". */
  readonly suffix: string;
}

type Print = (overview: Overview, style: StatusStyle) => string;

/** How an overview is printed, by the value of `--output`. */
export const statusFormats: Readonly<Record<string, Print>> = {
  table: (overview, style) => printTables(overview, style, false),
  wide: (overview, style) => printTables(overview, style, true),
  json: (overview) => `${JSON.stringify(overview, null, 2)}\n`,
  yaml: (overview) => dumpYaml(JSON.parse(JSON.stringify(overview))),
};

const colours: Readonly<Record<RowState, string>> = { failed: '31', unknown: '33', warning: '33', ok: '32' };

/** The state begins a line, so that it can be coloured behind the alignment. */
export const colourStates = (text: string): string =>
  text.replaceAll(
    /^(?:failed|unknown|warning|ok)(?= )/gm,
    (state) => `\u001b[${colours[state as RowState]}m${state}\u001b[0m`,
  );

function printTables(overview: Overview, style: StatusStyle, isWide: boolean): string {
  const sections = [printRows(overview, style, isWide), printWorkloads(overview, isWide), printWaits(overview)];
  const tables = sections.filter((section) => section !== '').join('\n');
  const text = `${tables === '' ? '' : `${tables}\n`}${describeStatus(overview)}\n`;
  return style.isTerminal ? colourStates(text) : text;
}

/** All that is scraped or used, together: the worst first. */
function printRows({ monitors, rules, routes }: Overview, style: StatusStyle, isWide: boolean): string {
  const rows = [...monitors, ...rules, ...routes].sort(compareRows);
  if (rows.length === 0) return '';
  return renderTable(
    explainedHeads(isWide),
    rows.map((row) => explainedCells(row, style, isWide)),
  );
}

/** Heads of what is scraped or used. */
export const explainedHeads = (isWide: boolean): string[] => [
  ...['STATE', 'OBJECT', 'WORKLOAD', 'TARGETS', 'REASON'],
  ...(isWide ? ['LINK', 'WHY', 'FIX'] : []),
  'MORE',
];

/** One line below `explainedHeads`. */
export function explainedCells(row: ExplainedRow, { suffix }: StatusStyle, isWide: boolean): string[] {
  const wide = isWide ? [row.link === '' ? '–' : row.link, row.summary, row.fix === '' ? '–' : row.fix] : [];
  const more = row.state === 'ok' && !isWide ? '' : `${row.command}${suffix}`;
  return [row.state, nameObject(row), nameWorkload(row), showTargets(row), showReason(row), ...wide, more];
}

const nameObject = ({ object }: ExplainedRow): string => `${object.kind.toLowerCase()}/${showName(object)}`;

const nameWorkload = ({ workload }: ExplainedRow): string => (workload.name === '' ? '–' : showName(workload));

/** Those that are up, as far as they are known, of those that there are. */
function showTargets(row: ExplainedRow | MonitorRow): string {
  if (!('targets' in row)) return '–';
  const { found, up } = row.targets;
  return up === undefined ? String(found) : `${up}/${found}`;
}

const showReason = ({ state, reason, code, cause, causeCode }: ExplainedRow): string =>
  state === 'ok' ? reason : `${causeCode ?? code} ${cause ?? reason}`;

function printWorkloads({ workloads }: Overview, isWide: boolean): string {
  if (workloads.length === 0) return '';
  return renderTable(
    workloadHeads(isWide),
    workloads.map((row) => workloadCells(row, isWide)),
  );
}

/** Heads of workloads. */
export const workloadHeads = (isWide: boolean): string[] => [
  ...['STATE', 'WORKLOAD', 'READY', 'LOADED', 'USES', 'CHANGED', 'REASON'],
  ...(isWide ? ['WHY'] : []),
];

/** One line below `workloadHeads`. */
export const workloadCells = (row: WorkloadRow, isWide: boolean): string[] => [
  row.state,
  `${row.object.kind.toLowerCase()}/${showName(row.object)}${row.paused ? ' (paused)' : ''}`,
  showReplicas(row),
  showLoaded(row),
  String(row.uses),
  row.lastChange ?? '–',
  row.reason === '' ? '–' : `${row.code} ${row.reason}`.trim(),
  ...(isWide ? [row.summary] : []),
];

const showReplicas = ({ replicas: { ready, wanted } }: WorkloadRow): string => `${ready ?? '?'}/${wanted}`;

function showLoaded({ configuration: { loaded } }: WorkloadRow): string {
  return loaded === undefined ? '–' : `${loaded.selected}/${loaded.total}`;
}

/** What waits for an approval, a window or others. */
function printWaits({ workloads }: Overview): string {
  return workloads
    .flatMap(({ object, waits }) =>
      waits.map(
        ({ code, reason, message, since }) =>
          `${showName(object)} waits since ${since}: ${code} ${reason}: ${message}\n`,
      ),
    )
    .join('');
}

const isThere = (text: string): boolean => text !== '';

/** Such as "12 monitors: 2 failed, 10 ok · 1 workload: ok". */
export function describeStatus({ monitors, rules, routes, workloads, supposed }: Overview): string {
  return [
    countStates(monitors, 'monitor'),
    countStates(rules, 'rule object'),
    countStates(routes, 'route object'),
    countStates(workloads, 'workload'),
    supposed.length === 0 ? '' : `${supposed.length} objects supposed (-o json names them)`,
  ]
    .filter(isThere)
    .join(' · ');
}

function countStates(rows: readonly { readonly state: RowState }[], what: string): string {
  const counts = rowStates.flatMap((state) => {
    const count = rows.filter((row) => row.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  if (rows.length === 0) return what === 'monitor' ? 'no monitors' : '';
  return `${rows.length} ${what}${rows.length === 1 ? '' : 's'}: ${counts.join(', ')}`;
}
