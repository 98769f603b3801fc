import type { ConfigurationPart, FoundParts } from '../../../core/configuration/find-parts.ts';
import type { ShownChange } from '../../../core/configuration/write-change.ts';
import type { ConfigurationLine, LineOrigin } from '../../../core/configuration/yaml-lines.ts';
import { selectedKinds } from '../../../core/select/selected-kinds.ts';
import { showObject } from '../../../core/explain/model.ts';
import type { ObjectName } from '../../../core/explain/model.ts';
import { writeKey } from '../../../core/overview/row-key.ts';
import { pageParts } from '../../limits.ts';
import { explainPath } from './addresses.ts';
import { writeCode, writeDiffLines } from './excerpt.ts';
import { ListQuery, writePager } from './list-query.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

/** What of the configuration of one workload a caller is shown. */
export interface ConfigurationData extends FoundParts {
  readonly workload: ObjectName;
  /** RFC 3339. */
  readonly writtenAt: string;
  /** What the last change did; undefined when none was seen. */
  readonly change?: { readonly parts: readonly ShownChange[]; readonly isWhole: boolean };
}

/** The configuration of one workload: its parts, those that hold what is looked for, and the last change. */
export function writeConfiguration(data: ConfigurationData, params: URLSearchParams): Markup {
  const query = new ListQuery(params, { medium: 'served' });
  const [text, monitor] = [query.read('q') ?? '', query.read('monitor')];
  const pages = Math.max(1, Math.ceil(data.found / pageParts));
  const page = Math.min(query.page, pages);
  return html`<h1>
      Configuration of
      <span class="kind">${data.workload.kind}</span> ${showObject(data.workload).slice(data.workload.kind.length + 1)}
    </h1>
    ${writeSearchForm(text, monitor)}
    <div id="results" data-list="configurations" data-key="${writeKey(data.workload)}">
      <p>
        ${data.jobs} ${data.jobs === 1 ? 'job' : 'jobs'}, written ${data.writtenAt}. Values of Secrets are not shown.
      </p>
      ${data.leftOut === 0 ? nothing : html`<p class="notes">Not shown: what ${data.leftOut} monitors or AlertmanagerConfigs ask for that you may not see.</p>`}
      <p role="status">${countParts(data.found, text)}${monitor === undefined ? '' : ` of ${monitor}`}</p>
      ${data.parts.map((part) => writePart(part, text.toLowerCase()))}
      ${writePager({ page, pages, shown: [], found: data.found, total: data.found }, query)} ${writeChanges(data)}
    </div>`;
}

const countParts = (found: number, text: string): string => {
  const parts = `${found} ${found === 1 ? 'part' : 'parts'}`;
  return text === '' ? parts : `${parts} with "${text}"`;
};

/** Its answer is another address of the same page. */
const writeSearchForm = (text: string, monitor: string | undefined): Markup =>
  html`<form class="filters" method="get" data-live>
      ${monitor === undefined ? nothing : html`<input type="hidden" name="monitor" value="${monitor}" />`}
      <p>
        <label for="choice-q">Lines with</label>
        <input id="choice-q" name="q" type="search" value="${text}" autocomplete="off" />
      </p>
      <p><button type="submit">Find</button></p>
    </form>
    ${monitor === undefined ? nothing : html`<p><a href="?">The whole configuration</a></p>`}`;

/** Kinds that have a chain of their own. */
const hasChain = ({ kind }: ObjectName): boolean => Object.hasOwn(selectedKinds, kind);

function writePart({ title, object, lines }: ConfigurationPart, text: string): Markup {
  const heading = hasChain(object) ? html`<a href="${explainPath(object)}">${title}</a>` : title;
  return html`<section class="excerpt" data-row data-key="${writeKey(object)} ${title}">
    <h2>${heading}</h2>
    ${writeCode(
      lines.map((line, index) => writeLine(line, { number: index + 1, before: lines[index - 1], object, text })),
      title,
    )}
  </section>`;
}

interface LinePlace {
  readonly number: number;
  /** The line above. */
  readonly before: ConfigurationLine | undefined;
  /** Of the part: its name is not said again. */
  readonly object: ObjectName;
  /** What is looked for, in lower case. */
  readonly text: string;
}

/** Behind the first of the lines that one field asks for stands that field. */
function writeLine({ text: line, origin }: ConfigurationLine, { number, before, object, text }: LinePlace): Markup {
  const isFound = text !== '' && line.toLowerCase().includes(text);
  const isSame =
    origin === undefined || nameField(origin, object) === (before?.origin && nameField(before.origin, object));
  const field = isSame ? nothing : html` <span class="origin"># ${nameField(origin, object)}</span>`;
  const row = html`<span class="number">${number}</span> <span>${isFound ? '▶' : ' '}</span> ${line}${field}`;
  return isFound ? html`<mark>${row}</mark>${'\n'}` : html`${row}${'\n'}`;
}

function nameField({ object, at }: LineOrigin, own: ObjectName): string {
  const name = writeKey(object) === writeKey(own) ? '' : showObject(object);
  return [name, at].filter((part) => part !== '').join(' ');
}

function writeChanges({ change, writtenAt }: ConfigurationData): Markup {
  if (change === undefined) return html`<p>No change of it was seen since ${writtenAt}.</p>`;
  return html`<section>
    <h2>What the last change did, ${writtenAt}</h2>
    ${change.parts.length === 0 ? html`<p>Nothing that you may see.</p>` : nothing}
    ${change.parts.map(({ title, diff }) =>
      diff === ''
        ? html`<p>${title}: only what is not shown has changed.</p>`
        : writeDiffLines(diff, `Change of ${title}`),
    )}
    ${change.isWhole ? nothing : html`<p>Other parts changed as well.</p>`}
  </section>`;
}
