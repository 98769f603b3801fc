import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

export interface TableRow {
  /** Of the row in its list, for whoever tells of changes. */
  readonly key: string;
  /** One for each column; the first names what the row is about. */
  readonly cells: readonly unknown[];
  /** What filters of a file look through. */
  readonly text?: string;
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** What stands there in the place of no rows. */
  readonly empty: string;
}

/** A table that becomes a list of blocks on narrow screens. Its first column heads the rows. */
export function writeTable({ caption, columns, rows, empty }: Table): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<div class="wide" tabindex="0" role="group" aria-label="${caption}">
    <table class="stacked">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => writeRow(row, columns))}
      </tbody>
    </table>
  </div>`;
}

function writeRow({ key, cells: [first, ...others], text }: TableRow, columns: readonly string[]): Markup {
  const search = text === undefined ? nothing : html`data-text="${text}"`;
  return html`<tr data-row data-key="${key}" ${search}>
    <th scope="row">${first}</th>
    ${others.map((cell, index) => html`<td data-label="${columns[index + 1]}">${cell}</td>`)}
  </tr>`;
}
