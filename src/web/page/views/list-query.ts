import { pageRows } from '../../limits.ts';
import type { Chrome } from '../page-source.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

/** What is chosen of a list, as the address of the page says it. */
export class ListQuery {
  readonly #params: URLSearchParams;
  /** Rows of one page: a file has all of them on one. */
  readonly rowsAtOnce: number;

  constructor(params: URLSearchParams, { medium }: Pick<Chrome, 'medium'>) {
    this.#params = params;
    this.rowsAtOnce = medium === 'file' ? Number.MAX_SAFE_INTEGER : pageRows;
  }

  /** Undefined when nothing is chosen. */
  read(name: string): string | undefined {
    const value = this.#params.get(name)?.trim() ?? '';
    return value === '' ? undefined : value;
  }

  /** Counted from 1. */
  get page(): number {
    const page = Number(this.read('page') ?? '1');
    return Number.isSafeInteger(page) && page > 0 ? page : 1;
  }

  /** The words that are looked for, in lower case. */
  get words(): string[] {
    return (this.read('text') ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
  }

  /** The same choice, another page of it. */
  turnTo(page: number): string {
    const params = new URLSearchParams(this.#params);
    params.set('page', String(page));
    return `?${params.toString()}`;
  }
}

/** Rows of one page of those that hold all words. */
export function choosePage<T>(rows: readonly T[], query: ListQuery, textOf: (row: T) => string): ChosenPage<T> {
  const { words } = query;
  const found =
    words.length === 0
      ? rows
      : rows.filter((row) => {
          const text = textOf(row).toLowerCase();
          return words.every((word) => text.includes(word));
        });
  const pages = Math.max(1, Math.ceil(found.length / query.rowsAtOnce));
  const page = Math.min(query.page, pages);
  return {
    shown: found.slice((page - 1) * query.rowsAtOnce, page * query.rowsAtOnce),
    found: found.length,
    total: rows.length,
    page,
    pages,
  };
}

export interface ChosenPage<T> {
  readonly shown: readonly T[];
  readonly found: number;
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** "3 of 10,000 monitors". */
export const countRows = ({ found, total }: ChosenPage<unknown>, what: string): string =>
  found === total ? `${total} ${what}` : `${found} of ${total} ${what}`;

/** Links to the pages beside this one. */
export function writePager({ page, pages }: ChosenPage<unknown>, query: ListQuery): Markup {
  if (pages === 1) return nothing;
  const link = (to: number, text: string): Markup =>
    to < 1 || to > pages ? nothing : html`<li><a href="${query.turnTo(to)}">${text}</a></li>`;
  return html`<nav class="pager" aria-label="Pages of the list">
    <ul>
      ${link(page - 1, 'Previous')}
      <li>page ${page} of ${pages}</li>
      ${link(page + 1, 'Next')}
    </ul>
  </nav>`;
}

export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
}

/** The form that chooses: its answer is another address of the same page. */
export function writeChoices(choices: readonly Choice[], query: ListQuery): Markup {
  return html`<form class="filters" method="get" data-live>
    ${choices.map(
      ({ name, label, options }) =>
        html`<p>
          <label for="choice-${name}">${label}</label>
          <select id="choice-${name}" name="${name}">
            <option value="">all</option>
            ${options.map((one) => {
              const mark = one === query.read(name) ? html`selected` : nothing;
              return html`<option value="${one}" ${mark}>${one}</option>`;
            })}
          </select>
        </p>`,
    )}
    <p>
      <label for="choice-text">Words</label>
      <input id="choice-text" name="text" type="search" value="${query.read('text') ?? ''}" autocomplete="off" />
    </p>
    <p><button type="submit">Filter</button></p>
  </form>`;
}

/** Every value once, in order. */
export const listOptions = (values: readonly string[]): string[] =>
  [...new Set(values)].filter((one) => one !== '').sort();
