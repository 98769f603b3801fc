import { showObject } from '../../../core/explain/model.ts';
import type { ExplainedRow } from '../../../core/overview/overview.ts';
import { writeKey } from '../../../core/overview/row-key.ts';
import { pageRows } from '../../limits.ts';
import type { Chrome, SearchResult, ShownHit } from '../page-source.ts';
import { linkTo } from './addresses.ts';
import { ListQuery, choosePage, writePager } from './list-query.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeLink, writeWorkload } from './overview-lists.ts';
import { writeState } from './states.ts';
import { writeTable } from './table.ts';

/** What a query may mean, and below it the rows of lists that speak of it. */
export function writeFound(result: SearchResult, params: URLSearchParams, chrome: Chrome): Markup {
  const { query, hits, rows, notes } = result;
  const isAsked = query.trim() !== '';
  return html`<h1>Search</h1>
    <div id="results" data-list="search">
      ${isAsked ? nothing : html`<p class="empty">Nothing was asked for.</p>`}
      ${isAsked && hits.length + rows.length === 0 ? writeNothing(query) : nothing}
      ${hits.length === 0 ? nothing : writeHits(hits, params, chrome)}
      ${rows.length === 0 ? nothing : writeRows(rows, chrome)}
      ${isAsked && hits.length + rows.length > 0 ? nothing : writeAdvice(chrome)}
      ${
        notes.length === 0
          ? nothing
          : html`<ul class="notes">
              ${notes.map((note) => html`<li>${note}</li>`)}
            </ul>`
      }
    </div>`;
}

const writeNothing = (query: string): Markup =>
  html`<p class="empty">
    Nothing that you may see has to do with “${query}”: no monitor, Service, Pod, rule object, AlertmanagerConfig or
    Alertmanager by its name, no alert, no receiver, no address, and no row of a list by its words.
  </p>`;

const writeAdvice = (chrome: Chrome): Markup =>
  html`<p>Try:</p>
    <ul>
      <li>a part of a name, <code>cart</code>, or all of it with its namespace, <code>shop/cart</code></li>
      <li>the name of an alert or of a receiver, <code>CartDown</code>, <code>pager</code></li>
      <li>
        an address with its port or the URL of a target, <code>10.0.0.12:8080</code>,
        <code>http://10.0.0.12:8080/metrics</code>
      </li>
      <li>words of a row of a list, such as a reason: <code>PortNotFound</code></li>
      <li>
        the lists: <a href="${linkTo('/', chrome)}">all monitors</a>,
        <a href="${linkTo('/rejected', chrome)}">what is rejected</a>
      </li>
    </ul>`;

function writeHits(hits: readonly ShownHit[], params: URLSearchParams, chrome: Chrome): Markup {
  const query = new ListQuery(params, chrome);
  const chosen = choosePage(hits, query, ({ text }) => text);
  return html`${writeTable({
    caption: `${hits.length} found: what is called so first, the worst before others`,
    columns: ['Object', 'State', 'Found by', 'What is found'],
    rows: chosen.shown.map((hit) => ({
      key: writeKey(hit),
      cells: [
        html`<a href="${hit.href}">${showObject(hit)}</a>`,
        hit.state === undefined ? 'its chain tells' : writeState(hit.state),
        hit.found === 'name' ? 'name' : `${hit.found} ${hit.text}`,
        hit.summary ?? '',
      ],
    })),
    empty: '',
  })}
  ${writePager(chosen, query)}`;
}

function writeRows(rows: readonly ExplainedRow[], chrome: Chrome): Markup {
  const shown = rows.slice(0, pageRows);
  const count = shown.length === rows.length ? `${rows.length} rows` : `${shown.length} of ${rows.length} rows`;
  return html`<h2>Rows of lists that say so</h2>
    ${writeTable({
      caption: `${count} that hold all words, the worst first`,
      columns: ['Object', 'State', 'Workload', 'Reason', 'What is found'],
      rows: shown.map((row) => ({
        key: writeKey(row.object, row.workload),
        cells: [
          writeLink(row.object, chrome, row.workload.name === '' ? undefined : row.workload),
          writeState(row.state),
          writeWorkload(row.workload),
          row.reason,
          row.summary,
        ],
      })),
      empty: '',
    })}`;
}
