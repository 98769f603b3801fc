import type { ExplainedRow, Overview } from '../../../core/overview/overview.ts';
import { pageRows } from '../../limits.ts';
import type { Chrome } from '../page-source.ts';
import { explainPath, linkTo } from './addresses.ts';
import { writeKey } from '../../../core/overview/row-key.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { describeRow, writeLink, writeWorkload } from './overview-lists.ts';
import { writeState } from './states.ts';
import { writeTable } from './table.ts';

/** Every row that holds all words of `query`; and the chain of a Service or Pod of that name, which no list has. */
export function writeFound({ monitors, rules, routes }: Overview, query: string, chrome: Chrome): Markup {
  const words = query.toLowerCase().split(/\s+/);
  const all: readonly ExplainedRow[] = [...monitors, ...rules, ...routes];
  const found = all.filter((row) => {
    const text = describeRow(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const shown = found.slice(0, pageRows);
  return html`<h1>Search</h1>
    ${writeDirect(query, chrome)}
    <div id="results" data-list="search">
      ${writeTable({
        caption: shown.length === found.length ? `${found.length} rows` : `${shown.length} of ${found.length} rows`,
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
        empty: `No monitor, rule or AlertmanagerConfig has to do with "${query}".`,
      })}
    </div>`;
}

/** "shop/cart" may be a Service or Pod as well. */
function writeDirect(query: string, chrome: Chrome): Markup {
  const [namespace = '', name = '', ...more] = query.trim().split('/');
  if (namespace === '' || name === '' || more.length > 0) return nothing;
  const link = (kind: string): Markup =>
    html`<a href="${linkTo(explainPath({ kind, namespace, name }), chrome)}">${kind} ${namespace}/${name}</a>`;
  return html`<p>The chain of ${link('Service')} or ${link('Pod')}, if there is one.</p>`;
}
