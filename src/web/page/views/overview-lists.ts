/** Lists of all that there is, the worst first. */
import type { ObjectName } from '../../../core/explain/model.ts';
import { showName, showObject } from '../../../core/explain/model.ts';
import { filterOverview } from '../../../core/overview/filter.ts';
import { rowStates } from '../../../core/overview/overview.ts';
import type { ExplainedRow, MonitorRow, Overview, RowState, TargetCounts } from '../../../core/overview/overview.ts';
import type { Chrome } from '../page-source.ts';
import { explainPath, linkTo } from './addresses.ts';
import { writeKey } from '../../../core/overview/row-key.ts';
import { ListQuery, choosePage, countRows, listOptions, writeChoices, writePager } from './list-query.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeState } from './states.ts';
import { writeTable } from './table.ts';
import type { TableRow } from './table.ts';

export type OverviewList = 'monitors' | 'rules' | 'routes';

const words: Readonly<Record<OverviewList, { readonly title: string; readonly ok: string; readonly failed: string }>> =
  {
    monitors: { title: 'Monitors', ok: 'scraped', failed: 'not scraped' },
    rules: { title: 'Rules', ok: 'used', failed: 'not used' },
    routes: { title: 'AlertmanagerConfigs', ok: 'used', failed: 'not used' },
  };

/** A link to the chain of an object. */
export const writeLink = (object: ObjectName, chrome: Chrome, workload?: ObjectName): Markup =>
  html`<a href="${linkTo(explainPath(object, workload), chrome)}">${object.kind} ${showName(object)}</a>`;

/** The workload of a row; one that no workload selects has none. */
export const writeWorkload = (workload: ObjectName): string => (workload.name === '' ? 'none' : showName(workload));

/** Monitors, rules or routes × workloads, as the address of the page chooses them. */
export function writeExplainedList(
  list: OverviewList,
  { overview, params }: { readonly overview: Overview; readonly params: URLSearchParams },
  chrome: Chrome,
): Markup {
  const query = new ListQuery(params, chrome);
  const all: readonly ExplainedRow[] = overview[list];
  const chosen = choosePage<ExplainedRow>(filterOverview(overview, readFilter(query))[list], query, describeRow);
  const { title } = words[list];
  const caption = `${countRows({ ...chosen, total: all.length }, 'rows')}, the worst first`;
  return html`<h1>${title}</h1>
    ${chrome.medium === 'served' ? writeChoices(listChoices(all), query) : nothing}
    <div id="results" data-list="${list}">
      ${writeTable({
        caption,
        columns: [
          'Object',
          'State',
          'Workload',
          ...(list === 'monitors' ? ['Targets'] : []),
          'Reason',
          'What is found',
        ],
        rows: chosen.shown.map((row) => writeExplained(list, row, chrome)),
        empty: all.length === 0 ? 'There are none.' : 'None is as you choose.',
      })}
      ${writePager(chosen, query)}
    </div>`;
}

const stateNames = new Set<string>(rowStates);
const isState = (text: string): text is RowState => stateNames.has(text);

const readFilter = (query: ListQuery): Parameters<typeof filterOverview>[1] => {
  const [kind, state, reason] = ['kind', 'state', 'reason'].map((name) => query.read(name));
  return {
    ...{ namespace: query.read('namespace'), workload: query.read('workload') },
    kinds: kind === undefined ? [] : [kind],
    states: state !== undefined && isState(state) ? [state] : [],
    reasons: reason === undefined ? [] : [reason],
  };
};

const listChoices = (rows: readonly ExplainedRow[]): Parameters<typeof writeChoices>[0] => [
  { name: 'state', label: 'State', options: rowStates },
  { name: 'workload', label: 'Workload', options: listOptions(rows.map(({ workload }) => showName(workload))) },
  { name: 'namespace', label: 'Namespace', options: listOptions(rows.map(({ object }) => object.namespace)) },
  { name: 'kind', label: 'Kind', options: listOptions(rows.map(({ object }) => object.kind)) },
  { name: 'reason', label: 'Reason', options: listOptions(rows.map(({ reason }) => reason)) },
];

/** All of a row that is searched. */
export const describeRow = ({ object, workload, state, reason, code, cause, summary, at }: ExplainedRow): string =>
  [showObject(object), showObject(workload), state, reason, code, cause ?? '', summary, at].join(' ');

function writeExplained(list: OverviewList, row: ExplainedRow, chrome: Chrome): TableRow {
  const { object, workload, state, reason, cause, summary } = row;
  const { ok, failed } = words[list];
  const word = { ok, failed, warning: 'warning', unknown: 'unknown' }[state];
  return {
    key: writeKey(object, workload),
    text: describeRow(row),
    cells: [
      writeLink(object, chrome, chrome.medium === 'served' && workload.name !== '' ? workload : undefined),
      writeState(state, word),
      writeWorkload(workload),
      ...(isMonitorRow(row) ? [writeCounts(row.targets)] : []),
      cause ?? reason,
      summary,
    ],
  };
}

const isMonitorRow = (row: ExplainedRow): row is MonitorRow => 'targets' in row;

const writeCounts = ({ found, up }: TargetCounts): string =>
  up === undefined ? String(found) : `${up} up of ${found}`;
