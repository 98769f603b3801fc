import type { Explanation } from '../../../core/explain/model.ts';
import { showName, showObject } from '../../../core/explain/model.ts';
import { pageScript, pageStyle } from '../assets.ts';
import type { ChainData, Chrome } from '../page-source.ts';
import { explainPath, linkTo } from './addresses.ts';
import { writeChainBody, writeVerdict } from './chain.ts';
import { writeFrame } from './layout.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';

export interface ReportData {
  /** Worst first. */
  readonly chains: readonly ChainData[];
  /** What is to be said of the whole. */
  readonly notes: readonly string[];
}

/** Every page in one document that needs nothing beside it: for CI, where no server is. */
export function writeReport({ chains, notes }: ReportData, chrome: Chrome): string {
  const body = html`<h1>${chrome.place}</h1>
    ${writeIndex(
      chains.map(({ explanation }) => explanation),
      chrome,
    )}
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
        ${writeFrame({ title: chrome.place, current: '/', body }, chrome)}
        <script>
          ${trusted(pageScript)};
        </script>
      </body>
    </html>`.toString();
}

/** One subject needs no list. */
const writeIndex = (explanations: readonly Explanation[], chrome: Chrome): Markup =>
  html`<div class="wide">
    <table class="stacked">
      <caption>
        ${explanations.length} subjects, the worst first
      </caption>
      <thead>
        <tr>
          <th scope="col">Object</th>
          <th scope="col">State</th>
          <th scope="col">Reason</th>
          <th scope="col">What is found</th>
        </tr>
      </thead>
      <tbody>
        ${explanations.map(
          ({ subject, verdict, reason, summary }) =>
            html`<tr data-row data-text="${showObject(subject)} ${verdict} ${reason} ${summary}">
              <td data-label="Object">
                <a href="${linkTo(explainPath(subject), chrome)}">${subject.kind} ${showName(subject)}</a>
              </td>
              <td data-label="State">${writeVerdict(verdict)}</td>
              <td data-label="Reason">${reason}</td>
              <td data-label="What is found">${summary}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
