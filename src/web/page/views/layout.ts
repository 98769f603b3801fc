import type { Chrome } from '../page-source.ts';
import { linkTo } from './addresses.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

/** The lists, in the order of the navigation. */
const lists = [['/', 'Monitors']] as const;

export interface PageParts {
  readonly title: string;
  /** The address of the list that the page is, if it is one. */
  readonly current?: string;
  readonly body: Markup;
}

/** What stands before `body` and behind it, without the frame of a document. */
export function writeFrame({ current, body }: PageParts, chrome: Chrome): Markup {
  return html`<a class="skip" href="#content">Skip to the content</a>
    <header>
      ${writeSearch(chrome)}
      <nav aria-label="Lists">
        <ul>
          ${lists.map(([path, title]) => {
            const mark = path === current ? html` aria-current="page"` : nothing;
            return html`<li><a href="${linkTo(path, chrome)}" ${mark}>${title}</a></li>`;
          })}
        </ul>
      </nav>
    </header>
    ${chrome.behind === undefined ? nothing : html`<p class="banner" role="status">${chrome.behind}</p>`}
    <main id="content" tabindex="-1">${body}</main>
    <footer>
      <p>
        Stoker · ${chrome.place} · as of
        <time datetime="${showTime(chrome.asOf)}" data-as-of>${showTime(chrome.asOf)}</time> · Keys: press ? for help
      </p>
    </footer>`;
}

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
        <link rel="stylesheet" href="/assets/page.css" />
        <script src="/assets/page.js" defer></script>
      </head>
      <body>
        ${writeFrame(parts, chrome)}
      </body>
    </html>`.toString();
}
