import type { Chrome } from '../page-source.ts';
import { ListQuery, choosePage, countRows, writeChoices, writePager } from './list-query.ts';
import type { Choice } from './list-query.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeTable } from './table.ts';
import type { TableRow } from './table.ts';

/** A list with what is chosen of it. */
export interface ListOf<T> {
  readonly list: string;
  readonly title: string;
  readonly rows: readonly T[];
  readonly columns: readonly string[];
  readonly choices: readonly Choice[];
  readonly isChosen: (row: T, query: ListQuery) => boolean;
  readonly textOf: (row: T) => string;
  readonly write: (row: T) => Omit<TableRow, 'text'>;
  readonly empty: string;
  /** What rows there are come first. */
  readonly order?: string;
}

/** The form that chooses, and the page of rows that are chosen. */
export function writeList<T>(list: ListOf<T>, params: URLSearchParams, chrome: Chrome): Markup {
  const query = new ListQuery(params, chrome);
  const chosen = choosePage(
    list.rows.filter((row) => list.isChosen(row, query)),
    query,
    list.textOf,
  );
  return html`<h1>${list.title}</h1>
    ${chrome.medium === 'served' ? writeChoices(list.choices, query) : nothing}
    <div id="results" data-list="${list.list}">
      ${writeTable({
        caption: `${countRows({ ...chosen, total: list.rows.length }, 'rows')}, ${list.order ?? 'the worst first'}`,
        columns: list.columns,
        rows: chosen.shown.map((row) => ({ ...list.write(row), text: list.textOf(row) })),
        empty: list.rows.length === 0 ? list.empty : 'None is as you choose.',
      })}
      ${writePager(chosen, query)}
    </div>`;
}

/** Whether a row has the chosen value; undefined: any will do. */
export const isChosen = (chosen: string | undefined, value: string): boolean =>
  chosen === undefined || chosen === value;
