import type { Chrome } from '../page-source.ts';
import { linkTo } from './addresses.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

/** The lists, in the order of the navigation. */
const lists = [
  ['/', 'Monitors'],
  ['/workloads', 'Workloads'],
  ['/rules', 'Rules'],
  ['/alertmanagerconfigs', 'AlertmanagerConfigs'],
  ['/rejected', 'Rejected'],
  ['/permissions', 'Permissions'],
] as const;

/** What a file has no part for: there are too many, or they are the operator's, which writes them. */
const listServed = ({ medium, hasConfigurations }: Chrome): readonly (readonly [string, string])[] => [
  ...(medium === 'served' ? [['/targets', 'Targets'] as const, ['/routes', 'Routes'] as const] : []),
  ...(hasConfigurations === true ? [['/configuration', 'Configuration'] as const] : []),
];

export interface PageParts {
  readonly title: string;
  /** The address of the list that the page is, if it is one. */
  readonly current?: string;
  readonly body: Markup;
  /** False for one answer alone, with no list to go to. */
  readonly hasLists?: boolean;
}

/** What stands before `body` and behind it, without the frame of a document. */
export function writeFrame({ current, body, hasLists = true }: PageParts, chrome: Chrome): Markup {
  return html`<a class="skip" href="#content">Skip to the content</a>
    <header>
      ${writeSearch(chrome)}
      <nav aria-label="Lists" ${hasLists ? nothing : html`hidden`}>
        <ul>
          ${[...lists, ...listServed(chrome)].map(([path, title]) => {
            const mark = path === current ? html` aria-current="page"` : nothing;
            return html`<li><a href="${linkTo(path, chrome)}" ${mark}>${title}</a></li>`;
          })}
        </ul>
      </nav>
    </header>
    <p class="banner" role="status" id="behind" ${chrome.behind === undefined ? html`hidden` : nothing}>
      ${chrome.behind ?? ''}
    </p>
    <main id="content" tabindex="-1">${body} ${writeNotes(chrome)}</main>
    <footer>
      <p>
        Stoker · ${chrome.place}${chrome.asOf === undefined ? nothing : writeAsOf(chrome.asOf)} · Keys: press ? for help
        ${chrome.medium === 'served' ? html`· <a href="/rights">Who sees what</a>` : nothing}
      </p>
    </footer>
    ${keysHelp}`;
}

function writeNotes({ notes = [] }: Chrome): Markup {
  if (notes.length === 0) return nothing;
  return html`<h2>Not read</h2>
    <ul class="notes">
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>`;
}

/** Opened by the script, which knows the keys. */
const keysHelp = html`<dialog id="keys" aria-labelledby="keys-title">
  <h2 id="keys-title">Keys</h2>
  <ul>
    <li><kbd>/</kbd> search</li>
    <li><kbd>j</kbd> <kbd>k</kbd> next and previous row or step</li>
    <li><kbd>Enter</kbd> open it</li>
    <li><kbd>?</kbd> these keys, and away with them</li>
  </ul>
  <form method="dialog"><button>Close</button></form>
</dialog>`;

const writeAsOf = (asOf: number): Markup =>
  html` · as of <time datetime="${showTime(asOf)}" data-as-of>${showTime(asOf)}</time>`;

const showTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const placeholder = 'monitor, Service, Pod, IP:port, URL, rule, alert, receiver';

/** In a file, where nobody answers, the box filters rows by a script. */
function writeSearch({ query = '', medium }: Chrome): Markup {
  const isServed = medium === 'served';
  const action = isServed ? html`action="/search" method="get"` : html`data-filter hidden`;
  return html`<form class="search" role="search" ${action}>
    <label for="q">${isServed ? 'Search' : 'Filter'}</label>
    <input id="q" name="q" type="search" value="${query}" placeholder="${placeholder}" autocomplete="off" />
    ${isServed ? html`<button type="submit">Find</button>` : nothing}
  </form>`;
}

/** A served page: style and script are files of their own. */
export function writePage(parts: PageParts, chrome: Chrome): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${parts.title} · Stoker</title>
        <link rel="icon" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/page.css" />
        <script src="/assets/page.js" defer></script>
      </head>
      <body ${chrome.events === undefined ? nothing : html`data-events="${chrome.events}"`}>
        ${writeFrame(parts, chrome)}
      </body>
    </html>`.toString();
}
