/** `/routes`: the form of the simulator, and below it what it answers, or all routes. */
import { showName } from '../../../core/explain/model.ts';
import { findReason } from '../../../core/reasons/lookup.ts';
import type { RouteAnswer, RouteNode } from '../../../core/routing/answer.ts';
import { summarise } from '../../../core/routing/answer-text.ts';
import type { TreeNode } from '../../../core/routing/route-tree.ts';
import type { Chrome, RoutesData, ShownRoutes } from '../page-source.ts';
import { explainPath, linkTo } from './addresses.ts';
import { ListQuery, choosePage, writePager } from './list-query.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writePlace, writeReceiver, writeTree, writeVisited } from './route-nodes.ts';
import { writeState } from './states.ts';
import { writeTable } from './table.ts';

/** @param problem why there is no answer. */
export function writeRoutes(
  { asked, known, shown }: RoutesData,
  { params, problem }: { readonly params: URLSearchParams; readonly problem: string | undefined },
  chrome: Chrome,
): Markup {
  const query = new ListQuery(params, chrome);
  const isAsked = asked.labels.trim() !== '';
  return html`<h1>Routes</h1>
    <form class="filters" method="get" action="/routes">
      <p class="long">
        <label for="route-labels">Labels of an alert</label>
        <input
          id="route-labels"
          name="labels"
          value="${asked.labels}"
          placeholder="alertname=CartDown severity=critical namespace=shop"
          autocomplete="off"
          spellcheck="false"
        />
      </p>
      <p>
        <label for="route-alertmanager">Alertmanager</label>
        <select id="route-alertmanager" name="alertmanager">
          <option value="">all</option>
          ${known.map((one) => {
            const mark = one === asked.alertmanager ? html`selected` : nothing;
            return html`<option value="${one}" ${mark}>${one}</option>`;
          })}
        </select>
      </p>
      ${isAsked ? nothing : writeWords(query)}
      <p><button type="submit">Show its way</button></p>
    </form>
    <div id="results" data-list="routes">
      ${problem === undefined ? nothing : html`<p role="alert" class="answer">${problem}</p>`}
      ${
        problem === undefined && shown.length === 0
          ? html`<p class="empty">There is no Alertmanager of which you may see routes.</p>`
          : nothing
      }
      ${shown.map((one) => writeOne(one, { query, isOnly: shown.length === 1 }, chrome))}
    </div>`;
}

const writeWords = (query: ListQuery): Markup =>
  html`<p>
    <label for="route-text">Words of routes</label>
    <input id="route-text" name="text" type="search" value="${query.read('text') ?? ''}" autocomplete="off" />
  </p>`;

interface Showing {
  readonly query: ListQuery;
  readonly isOnly: boolean;
}

function writeOne(
  { alertmanager, problem, tree, answer, notes }: ShownRoutes,
  showing: Showing,
  chrome: Chrome,
): Markup {
  const subject = { kind: 'Alertmanager', ...alertmanager };
  return html`<section class="way">
    <h2>
      <a href="${linkTo(explainPath(subject), chrome)}">Alertmanager ${showName(alertmanager)}</a>
    </h2>
    ${problem === undefined ? nothing : html`<p class="answer">${writeState('failed', 'no routes')} ${problem}</p>`}
    ${answer === undefined ? nothing : writeAnswer(answer, chrome)}
    ${tree === undefined ? nothing : writeAll(tree, showing, chrome)}
    ${
      notes.length === 0
        ? nothing
        : html`<ul class="notes">
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }
  </section>`;
}

/** All routes, or those of the top that hold all words; a page of them at a time. */
function writeAll(tree: TreeNode, { query, isOnly }: Showing, chrome: Chrome): Markup {
  const chosen = choosePage(tree.routes, query, describeTop);
  const { found, total, shown } = chosen;
  const count = found === total ? '' : `${found} of ${total} routes below the top hold all words. `;
  const rest =
    !isOnly && shown.length < found ? `${shown.length} of them are shown: choose the Alertmanager to see all.` : '';
  return html`${count + rest === '' ? nothing : html`<p class="empty">${count}${rest}</p>`}
    <ol class="routes">
      ${writeTree(tree, chrome, shown)}
    </ol>
    ${isOnly ? writePager(chosen, query) : nothing}`;
}

/** What words are looked for in. */
const describeTop = ({ place, matchers, receiver, routes }: TreeNode): string =>
  [
    ...[place.kind, `${place.namespace}/${place.name}`, place.field, receiver],
    ...matchers.map(({ matcher }) => matcher),
    ...routes.map(describeTop),
  ].join(' ');

function writeAnswer(answer: RouteAnswer, chrome: Chrome): Markup {
  const { reason, code, tree, told } = answer;
  const isUnknown = answer.restricted === true && told.length === 0;
  const state =
    told.length > 0 ? writeState('ok', 'told') : writeState(isUnknown ? 'unknown' : 'failed', 'nobody told');
  return html`<p class="answer">
      ${isUnknown ? writeState('unknown', 'not told by these') : state}
      <span class="summary">${summarise(answer)}</span>
    </p>
    ${reason === undefined ? nothing : html`<p class="reason"><strong>${code} ${reason}</strong>: ${findReason(reason)?.meaning}</p>`}
    ${writeTable({
      caption: 'Who gets it, in the order of the routes',
      columns: ['Receiver', 'By the route', 'Now'],
      rows: listTelling(tree).map(({ place, notifies }) => ({
        key: `${place.kind}/${place.namespace}/${place.name}`,
        cells: [
          writeReceiver(notifies, chrome),
          writePlace(place, chrome),
          notifies.muting === undefined ? writeState('ok', 'notifies') : writeState('warning', 'muted'),
        ],
      })),
      empty: 'No route that you may see takes it.',
    })}
    <h3>Its way through the routes</h3>
    <ol class="routes">
      ${writeVisited(tree, chrome)}
    </ol>
    ${answer.inhibitRules.length === 0 ? nothing : writeInhibition(answer, chrome)}`;
}

type Telling = RouteNode & { readonly notifies: NonNullable<RouteNode['notifies']> };

const isTelling = (node: RouteNode): node is Telling => node.notifies !== undefined;

/** The routes at which the alert stays, in their order. */
const listTelling = (node: RouteNode): Telling[] => (isTelling(node) ? [node] : node.routes.flatMap(listTelling));

const writeInhibition = ({ inhibitRules }: RouteAnswer, chrome: Chrome): Markup =>
  html`<h3>What could hide it</h3>
    <ul>
      ${inhibitRules.map(
        ({ place, source, equal }) =>
          html`<li>
            another alert that matches <code>{${source.join(', ')}}</code>${
              equal.length === 0 ? '' : ` with the same ${equal.join(', ')}`
            }:
            ${writePlace(place, chrome)}
          </li>`,
      )}
    </ul>`;
