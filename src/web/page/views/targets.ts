import { showName } from '../../../core/explain/model.ts';
import { healthOf } from '../../../core/overview/choose-targets.ts';
import type { ChosenTargets } from '../../../core/overview/choose-targets.ts';
import { writeKey } from '../../../core/overview/row-key.ts';
import type { SurveyedTarget } from '../../../core/overview/target-survey.ts';
import { targetStates } from '../../../core/targets/target-rows.ts';
import type { Chrome } from '../page-source.ts';
import { explainPath } from './addresses.ts';
import { ListQuery, writeChoices, writePager } from './list-query.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeLink } from './overview-lists.ts';
import { writeState } from './states.ts';
import type { State } from './states.ts';
import { writeTable } from './table.ts';
import type { TableRow } from './table.ts';

/** What of all targets a caller is shown. */
export interface TargetsData extends ChosenTargets {
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  /** Whether the chain of a target is theirs to see: it names all that scrape it. */
  readonly hasChains: boolean;
  readonly notes: readonly string[];
}

/** What can be chosen in the place of a state: what is known of the last scrapes of active targets. */
const healths = ['up', 'down', 'unknown'];

/** Every target that is discovered, what became of it, and why. */
export function writeTargetList(data: TargetsData, params: URLSearchParams, chrome: Chrome): Markup {
  const query = new ListQuery(params, chrome);
  const total = Object.values(data.counts).reduce((sum, count) => sum + count, 0);
  const of = data.found === total ? '' : ` of ${total}`;
  return html`<h1>Targets</h1>
    ${writeChoices(
      [
        { name: 'state', label: 'State', options: [...targetStates, ...healths] },
        { name: 'workload', label: 'Workload', options: data.workloads },
        { name: 'namespace', label: 'Namespace', options: data.namespaces },
      ],
      query,
    )}
    <div id="results" data-list="targets">
      <p>${targetStates.map((state) => `${data.counts[state]} ${state}`).join(', ')}${describeUnlisted(data)}</p>
      ${writeTable({
        caption: `${data.found}${of} targets, by workload and job`,
        columns: ['Target', 'State', 'Workload', 'Monitor', 'Why'],
        rows: data.rows.map((row) => writeTarget(row, data, chrome)),
        empty: total === 0 ? 'No target is known.' : 'None is as you choose.',
      })}
      ${writePager({ ...data, shown: data.rows, total }, query)}
      ${data.notes.map((note) => html`<p class="notes">${note}</p>`)}
    </div>`;
}

const describeUnlisted = ({ unlisted }: TargetsData): string =>
  unlisted === 0 ? '' : `; ${unlisted} more were dropped, which are not listed one by one`;

const states: Readonly<Record<string, readonly [State, string]>> = {
  up: ['ok', 'up'],
  down: ['failed', 'down'],
  unknown: ['unknown', 'health unknown'],
  dropped: ['skipped', 'dropped'],
  failed: ['failed', 'failed'],
  duplicate: ['warning', 'duplicate'],
};

/** Jobs of monitors with several endpoints end with the number of theirs. */
const endpointOf = (job: string): string => {
  const [, number] = /\/(\d+)$/.exec(job) ?? [];
  return number === undefined ? '' : `, endpoint ${number}`;
};

function writeTarget(row: SurveyedTarget, { hasChains }: TargetsData, chrome: Chrome): TableRow {
  const { workload, monitor, job, url, state, why, from, source } = row;
  const shown = state === 'active' ? healthOf(row) : state;
  const text = url === '' ? source : url;
  const path = explainPath({ kind: 'Target', namespace: '', name: url });
  return {
    key: [writeKey(workload), job, source, url, state].join(' '),
    cells: [
      state === 'active' && hasChains ? html`<a href="${path}">${text}</a>` : html`<code>${text}</code>`,
      writeState(...(states[shown] ?? ['unknown', shown])),
      showName(workload),
      monitor === undefined ? job : html`${writeLink(monitor, chrome, workload)}${endpointOf(job)}`,
      html`${why}${from === '' ? nothing : html` <span class="origin">from ${from}</span>`}`,
    ],
  };
}
