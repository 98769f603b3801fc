import type { Overview } from '../../../core/overview/overview.ts';
import { pageScript, pageStyle } from '../assets.ts';
import type { ChainData, Chrome } from '../page-source.ts';
import { explainPath } from './addresses.ts';
import { writeChainBody } from './chain.ts';
import { writeFrame } from './layout.ts';
import { html, nothing, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeExplainedList } from './overview-lists.ts';
import { writePermissions, writeRejected, writeWorkloads } from './told-lists.ts';

export interface ReportData {
  /** Absent for an answer about one subject. */
  readonly overview?: Overview;
  /** Worst first. */
  readonly chains: readonly ChainData[];
  /** What is to be said of the whole. */
  readonly notes: readonly string[];
}

/** Every page in one document that needs nothing beside it: for CI, where no server is. */
export function writeReport({ overview, chains, notes }: ReportData, chrome: Chrome): string {
  const body = html`${overview === undefined ? nothing : writeLists(overview, chrome)}
  ${notes.map((note) => html`<p class="notes">${note}</p>`)}
  ${chains.map((data) => html`<div class="part" id="${explainPath(data.explanation.subject)}">${writeChainBody(data)}</div>`)}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${chrome.place} · Stoker</title>
        <style>
          ${trusted(pageStyle)}
        </style>
      </head>
      <body>
        ${writeFrame({ title: chrome.place, body, hasLists: overview !== undefined }, chrome)}
        <script>
          ${trusted(pageScript)};
        </script>
      </body>
    </html>`.toString();
}

/** All lists, one below the other; each is where its links lead to. */
function writeLists(overview: Overview, chrome: Chrome): Markup {
  const params = new URLSearchParams();
  const lists: readonly (readonly [path: string, body: Markup])[] = [
    ['/', writeExplainedList('monitors', { overview, params }, chrome)],
    ['/workloads', writeWorkloads(overview, params, chrome)],
    ['/rules', writeExplainedList('rules', { overview, params }, chrome)],
    ['/alertmanagerconfigs', writeExplainedList('routes', { overview, params }, chrome)],
    ['/rejected', writeRejected(overview, params, chrome)],
    ['/permissions', writePermissions(overview, params, chrome)],
  ];
  return html`${lists.map(([path, body]) => html`<div class="part" id="${path}">${body}</div>`)}`;
}
