/** Lists of workloads, of what is rejected and of permissions that are missing. */
import { showName, showObject } from '../../../core/explain/model.ts';
import type {
  ConditionRow,
  ConfigurationState,
  Overview,
  PermissionRow,
  RejectedRow,
  RowState,
  WorkloadRow,
} from '../../../core/overview/overview.ts';
import type { Chrome } from '../page-source.ts';
import { configurationPath } from './addresses.ts';
import { isChosen, writeList } from './filtered-list.ts';
import { listOptions } from './list-query.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeKey, writePermissionKey } from '../../../core/overview/row-key.ts';
import { writeLink } from './overview-lists.ts';
import { writeRowState, writeState } from './states.ts';
import type { TableRow } from './table.ts';

/** Prometheus, agents, Alertmanagers and ThanosRulers: replicas, what they have loaded, what waits. */
export const writeWorkloads = ({ workloads }: Overview, params: URLSearchParams, chrome: Chrome): Markup =>
  writeList<WorkloadRow>(
    {
      list: 'workloads',
      title: 'Workloads',
      rows: workloads,
      columns: ['Object', 'State', 'Ready', 'Configuration', 'Last change', 'What is found'],
      choices: [
        { name: 'state', label: 'State', options: listOptions(workloads.map(({ state }) => state)) },
        { name: 'kind', label: 'Kind', options: listOptions(workloads.map(({ object }) => object.kind)) },
        {
          name: 'namespace',
          label: 'Namespace',
          options: listOptions(workloads.map(({ object }) => object.namespace)),
        },
      ],
      isChosen: ({ state, object }, query) =>
        isChosen(query.read('state'), state) &&
        isChosen(query.read('kind'), object.kind) &&
        isChosen(query.read('namespace'), object.namespace),
      textOf: ({ object, state, reason, code, summary }) =>
        [showObject(object), state, reason, code, summary].join(' '),
      write: (row) => writeWorkload(row, chrome),
      empty: 'There is none.',
    },
    params,
    chrome,
  );

function writeWorkload(row: WorkloadRow, { hasConfigurations }: Chrome): Omit<TableRow, 'text'> {
  const { object, state, replicas, shards, paused, configuration, lastChange, conditions, waits, summary } = row;
  const ready = `${replicas.ready === undefined ? '' : `${replicas.ready} of `}${replicas.wanted}`;
  return {
    key: writeKey(object),
    cells: [
      hasConfigurations === true
        ? html`<a href="${configurationPath(object)}">${showObject(object)}</a>`
        : showObject(object),
      html`${writeRowState(state)}${paused ? ', paused' : ''}`,
      shards === undefined || shards < 2 ? ready : `${ready} in ${shards} shards`,
      writeLoaded(configuration),
      lastChange ?? '',
      html`${summary}
      ${writeConditions([...conditions, ...waits.map((wait) => ({ ...wait, type: 'waits', state: 'warning' as const }))])}`,
    ],
  };
}

function writeLoaded({ wanted, writtenAt, loaded, seen }: ConfigurationState): Markup {
  if (wanted === undefined && loaded === undefined) return html`unknown`;
  const has = loaded === undefined ? 'not asked' : `loaded by ${loaded.selected} of ${loaded.total}`;
  return html`<code>${wanted ?? ''}</code> ${has}${writtenAt === undefined ? '' : `, written ${writtenAt}`}
    ${(seen?.replicas ?? []).map(({ name, state, since }) => html`<br />${name}: ${state} since ${since}`)}`;
}

type Told = Pick<ConditionRow, 'type' | 'reason' | 'message' | 'since'> & { readonly state: RowState };

const writeConditions = (conditions: readonly Told[]): Markup =>
  conditions.length === 0
    ? nothing
    : html`<details>
        <summary>${conditions.length} conditions</summary>
        <ul>
          ${conditions.map(
            ({ type, state, reason, message, since }) =>
              html`<li>${writeRowState(state)} <strong>${type}</strong> ${reason}: ${message} (since ${since})</li>`,
          )}
        </ul>
      </details>`;

/** What workloads leave out, and why. */
export const writeRejected = ({ rejected }: Overview, params: URLSearchParams, chrome: Chrome): Markup =>
  writeList<RejectedRow>(
    {
      list: 'rejected',
      title: 'Rejected',
      rows: rejected,
      columns: ['Object', 'State', 'Workload', 'Reason', 'Field', 'What is found'],
      choices: [
        {
          name: 'workload',
          label: 'Workload',
          options: listOptions(rejected.map(({ workload }) => showName(workload))),
        },
        { name: 'namespace', label: 'Namespace', options: listOptions(rejected.map(({ object }) => object.namespace)) },
        { name: 'reason', label: 'Reason', options: listOptions(rejected.map(({ reason }) => reason)) },
      ],
      isChosen: ({ workload, object, reason }, query) =>
        isChosen(query.read('workload'), showName(workload)) &&
        isChosen(query.read('namespace'), object.namespace) &&
        isChosen(query.read('reason'), reason),
      textOf: ({ object, workload, reason, code, field, summary }) =>
        [showObject(object), showObject(workload), reason, code, field, summary].join(' '),
      write: ({ object, workload, reason, field, summary, fix }) => ({
        key: writeKey(object, workload),
        cells: [
          writeLink(object, chrome),
          writeState('failed', 'rejected'),
          showName(workload),
          reason,
          field,
          html`${summary}${fix === '' ? '' : html`<br />Fix: ${fix}`}`,
        ],
      }),
      empty: 'Nothing is rejected.',
    },
    params,
    chrome,
  );

/** What ServiceAccounts lack to discover what their workloads are told to. */
export const writePermissions = ({ permissions }: Overview, params: URLSearchParams, chrome: Chrome): Markup =>
  writeList<PermissionRow>(
    {
      list: 'permissions',
      title: 'Missing permissions',
      rows: permissions,
      columns: ['Account', 'State', 'Workload', 'Missing', 'Fix'],
      choices: [
        { name: 'workload', label: 'Workload', options: listOptions(permissions.map((row) => showName(row.workload))) },
      ],
      isChosen: ({ workload }, query) => isChosen(query.read('workload'), showName(workload)),
      textOf: ({ account, workload, missing }) => [showObject(account), showObject(workload), missing].join(' '),
      write: ({ account, workload, missing, fix, command }) => ({
        key: writePermissionKey({ account, workload, missing }),
        cells: [
          showObject(account),
          writeState('failed', 'missing'),
          showName(workload),
          missing,
          html`${fix}${command === '' ? '' : html`<br /><code>${command}</code>`}`,
        ],
      }),
      empty: 'None is known to be missing.',
    },
    params,
    chrome,
  );
