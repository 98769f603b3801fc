/** Trees of routes: each with whose field it is, what it takes and whom it tells. */
import { mostRoutesShown } from '../../../core/limits.ts';
import type { RouteNode, ShownMatcher } from '../../../core/routing/answer.ts';
import type { RouteOutcome, ShownReceiver } from '../../../core/routing/route-outcome.ts';
import type { TreeMatcher, TreeNode } from '../../../core/routing/route-tree.ts';
import type { ShownPlace } from '../../../core/routing/routing-scene.ts';
import { describeMuting, nameOwner, nameReceiver } from '../../../core/routing/words.ts';
import type { Chrome } from '../page-source.ts';
import { explainPath, linkTo } from './addresses.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeState } from './states.ts';
import type { State } from './states.ts';

/** A field of an object, the object as a link to its chain where it has one; routes that are hidden have no field. */
export function writePlace(place: ShownPlace, chrome: Chrome): Markup {
  const { kind, field } = place;
  const hasChain = kind === 'AlertmanagerConfig' || kind === 'Alertmanager';
  const owner = hasChain
    ? html`<a href="${linkTo(explainPath(place), chrome)}">${nameOwner(place)}</a>`
    : nameOwner(place);
  if (field === '') return html`Routes of ${nameOwner(place)} that are not yours to see`;
  return html`${owner} <code>${field}</code>`;
}

/** A receiver with its ways of notifying, and where it is written. */
export function writeReceiver({ receiver, notifiers, receiverPlace }: ShownReceiver, chrome: Chrome): Markup {
  if (receiver === '') return html`a receiver that is not yours to see`;
  const where = receiverPlace === undefined ? nothing : html`, written at ${writePlace(receiverPlace, chrome)}`;
  return html`<strong>${nameReceiver(receiver, notifiers)}</strong>${where}`;
}

const continues: Readonly<Record<RouteNode['continue'], string>> = {
  no: '',
  yes: 'the routes after it are tried, too (continue)',
  forced: 'the routes after it are tried, too (continue, which Stoker sets)',
};

interface ShownNode {
  readonly place: ShownPlace;
  readonly state: Markup;
  readonly lines: readonly Markup[];
  readonly below: Markup;
}

function writeNode({ place, state, lines, below }: ShownNode, chrome: Chrome): Markup {
  return html`<li class="route" data-row data-key="${`${place.kind}/${place.namespace}/${place.name}`}">
    <p class="route-head">${state} ${writePlace(place, chrome)}</p>
    ${lines.map((line) => html`<p class="route-line">${line}</p>`)} ${below}
  </li>`;
}

const writeList = (items: readonly Markup[]): Markup =>
  items.length === 0
    ? nothing
    : html`<ol class="routes">
        ${items}
      </ol>`;

const addedBy = ({ addedFor }: TreeMatcher): string => (addedFor === undefined ? '' : ' (added by Stoker)');

/** A route before any alert comes. @param routes those of the routes below it that are shown */
export function writeTree(node: TreeNode, chrome: Chrome, routes: readonly TreeNode[] = node.routes): Markup {
  const matchers = node.matchers.map((one) => html`<code>${one.matcher}</code>${addedBy(one)} `);
  return writeNode(
    {
      place: node.place,
      state: nothing,
      lines: [
        ...(matchers.length === 0 ? [] : [html`takes ${matchers}`]),
        ...(node.place.field === '' ? [] : [html`→ ${writeReceiver(node, chrome)}`]),
        ...writeContinue(node),
      ],
      below: writeList(routes.map((one) => writeTree(one, chrome))),
    },
    chrome,
  );
}

const writeContinue = ({ continue: goesOn }: Pick<TreeNode, 'continue'>): Markup[] =>
  goesOn === 'no' ? [] : [html`${continues[goesOn]}`];

const outcomes: Readonly<Record<RouteNode['outcome'], readonly [State, string]>> = {
  matched: ['ok', 'takes it'],
  unmatched: ['skipped', 'does not take it'],
  untried: ['skipped', 'not tried: a route before it took the alert'],
};

/** What became of an alert at a route and below it: those that take it, and the first of those that do not. */
export function writeVisited(node: RouteNode, chrome: Chrome): Markup {
  const { outcome, matchers, notifies, routes, place } = node;
  const isHidden = place.field === '';
  const decisive = matchers.filter(({ matched }) => outcome === 'matched' || !matched);
  return writeNode(
    {
      place,
      state: isHidden ? nothing : writeState(...outcomes[outcome]),
      lines: [
        ...decisive.map(writeMatcher),
        ...(notifies === undefined ? [] : writeOutcome(notifies, chrome)),
        ...(outcome === 'matched' ? writeContinue(node) : []),
      ],
      below: writeList(chooseVisited(routes, chrome)),
    },
    chrome,
  );
}

function chooseVisited(routes: readonly RouteNode[], chrome: Chrome): Markup[] {
  const others = routes.filter(({ outcome }) => outcome !== 'matched');
  const left = new Set(others.slice(mostRoutesShown));
  const shown = routes.filter((one) => !left.has(one)).map((one) => writeVisited(one, chrome));
  if (left.size === 0) return shown;
  return [...shown, html`<li class="route skipped">${left.size} more that do not take it; the JSON lists them</li>`];
}

const writeMatcher = (one: ShownMatcher): Markup => {
  const { matcher, matched, found } = one;
  const value = found === null ? 'the alert has no such label' : `found ${JSON.stringify(found)}`;
  return html`${matched ? 'matches' : 'does not match'} <code>${matcher}</code>: ${value}${addedBy(one)}`;
};

function writeOutcome(outcome: RouteOutcome, chrome: Chrome): Markup[] {
  const { muting, groupBy, groupWait, groupInterval, repeatInterval } = outcome;
  const settings = [
    `grouped by ${groupBy.hidden === true ? '?' : groupBy.value.join(', ') || 'nothing: all alerts together'}`,
    `group_wait ${groupWait.value || '?'}`,
    `group_interval ${groupInterval.value || '?'}`,
    `repeat_interval ${repeatInterval.value || '?'}`,
  ];
  const isHidden = [groupBy, groupWait, groupInterval, repeatInterval].some(({ hidden }) => hidden === true);
  return [
    html`→ ${writeReceiver(outcome, chrome)}`,
    html`${settings.join(' · ')}${isHidden ? ' (?: of a route that is not yours to see)' : ''}`,
    ...(muting === undefined ? [] : [html`${writeState('warning', 'muted now')} ${describeMuting(muting)}`]),
  ];
}
