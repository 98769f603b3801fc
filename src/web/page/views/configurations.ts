import { showObject } from '../../../core/explain/model.ts';
import type { ObjectName } from '../../../core/explain/model.ts';
import { writeKey } from '../../../core/overview/row-key.ts';
import type { Chrome } from '../page-source.ts';
import { configurationPath } from './addresses.ts';
import { isChosen, writeList } from './filtered-list.ts';
import { listOptions } from './list-query.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** One workload whose configuration is known. */
export interface ConfigurationRow {
  readonly workload: ObjectName;
  readonly jobs: number;
  /** RFC 3339. */
  readonly writtenAt: string;
  /** Sections and monitors whose jobs the last change touched; absent when none was seen. */
  readonly changed?: number;
}

/** All workloads whose configuration is known. */
export const writeConfigurations = (
  rows: readonly ConfigurationRow[],
  params: URLSearchParams,
  chrome: Chrome,
): Markup =>
  writeList<ConfigurationRow>(
    {
      list: 'configurations',
      title: 'Configuration',
      rows,
      columns: ['Object', 'Jobs', 'Written', 'Last change'],
      choices: [
        { name: 'kind', label: 'Kind', options: listOptions(rows.map(({ workload }) => workload.kind)) },
        { name: 'namespace', label: 'Namespace', options: listOptions(rows.map(({ workload }) => workload.namespace)) },
      ],
      isChosen: ({ workload }, query) =>
        isChosen(query.read('kind'), workload.kind) && isChosen(query.read('namespace'), workload.namespace),
      textOf: ({ workload }) => showObject(workload),
      write: ({ workload, jobs, writtenAt, changed }) => ({
        key: writeKey(workload),
        cells: [
          html`<a href="${configurationPath(workload)}">${showObject(workload)}</a>`,
          jobs,
          writtenAt,
          changed === undefined ? 'none was seen' : `${changed} ${changed === 1 ? 'part' : 'parts'}`,
        ],
      }),
      empty: 'None was written yet.',
      order: 'by name',
    },
    params,
    chrome,
  );
