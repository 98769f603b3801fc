/** `/routes`: the routes of each Alertmanager as far as a caller may see them, and what becomes of an alert there. */
import type { Clock } from '../../base/clock.ts';
import type { AlertmanagerRoutes } from '../../core/explain/open-routes.ts';
import { showName } from '../../core/explain/model.ts';
import { answerRoute } from '../../core/routing/answer.ts';
import type { Labels } from '../../core/routing/matching.ts';
import { readLabels, splitLabels } from '../../core/routing/read-labels.ts';
import { restrictAnswer, restrictTree } from '../../core/routing/restrict-routes.ts';
import { describeTree } from '../../core/routing/route-tree.ts';
import type { PageFailure } from './page-answer.ts';
import type { PageCaller } from './page-guard.ts';
import type { RoutesAsked, RoutesData, ShownRoutes } from './page-source.ts';
import type { RunPageWork } from './page-visit.ts';
import type { Place } from './sight.ts';

export interface RoutesReading {
  readonly overview: readonly AlertmanagerRoutes[];
  /** Milliseconds since 1970. */
  readonly asOf: number;
}

export interface RoutesSources {
  readonly routes: { read(): Promise<RoutesReading> };
  readonly run: RunPageWork;
  readonly clock: Pick<Clock, 'now'>;
}

type Sees = (kind: string, namespace: string) => boolean;

const listPlaces = ({ name, opened }: AlertmanagerRoutes): Place[] => [
  { kind: 'Alertmanager', namespace: name.namespace },
  ...('problem' in opened ? [] : opened.notes),
  ...('problem' in opened ? [] : opened.selected).map(({ metadata }) => ({
    ...{ kind: 'AlertmanagerConfig', namespace: metadata.namespace ?? '' },
  })),
];

/** Whether a caller may know of an Alertmanager: they see it, or objects of which it has routes. */
const isKnown = ({ name, opened }: AlertmanagerRoutes, sees: Sees): boolean =>
  sees('Alertmanager', name.namespace) ||
  (!('problem' in opened) &&
    opened.selected.some(
      ({ metadata, spec }) => spec.route !== undefined && sees('AlertmanagerConfig', metadata.namespace ?? ''),
    ));

/** @throws {RefusalError} when nobody can say what the caller may see. */
export async function showRoutesTo(
  caller: PageCaller,
  asked: RoutesAsked,
  sources: RoutesSources,
): Promise<{ readonly data: RoutesData; readonly failure?: PageFailure; readonly asOf: number }> {
  const { overview: routes, asOf } = await sources.routes.read();
  const distinct = new Map(routes.flatMap(listPlaces).map((place) => [`${place.kind} ${place.namespace}`, place]));
  const sight = await caller.look([...distinct.values()]);
  const sees: Sees = (kind, namespace) => sight.sees({ kind, namespace }) === true;
  const all = routes.filter((one) => isKnown(one, sees));
  const known = all.map(({ name }) => showName(name));
  const empty = { asked, known, shown: [] };
  const labels = readAsked(asked);
  if ('message' in labels) return { data: empty, failure: labels, asOf };
  const chosen = all.filter(({ name }) => asked.alertmanager === '' || showName(name) === asked.alertmanager);
  if (chosen.length === 0 && asked.alertmanager !== '')
    return { data: empty, failure: refuseName(asked.alertmanager, known), asOf };
  const shown = await Promise.all(chosen.map((one) => showOne(one, labels, { sees, sources })));
  return { data: { asked, known, shown: shown.flatMap((one) => one ?? []) }, asOf };
}

const refuseName = (name: string, known: readonly string[]): PageFailure => ({
  ...{ status: 404, message: `Cannot find Alertmanager "${name}": ${tellKnown(known)}` },
});

const tellKnown = (known: readonly string[]): string =>
  `there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ') || 'none that you may see'}`;

function readAsked({ labels }: RoutesAsked): Labels | PageFailure {
  try {
    return readLabels(splitLabels(labels));
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 400, message: error.message };
    throw error;
  }
}

interface Showing {
  readonly sees: Sees;
  readonly sources: Pick<RoutesSources, 'run' | 'clock'>;
}

const unknownSilences = 'Silences are not known here: stoker route asks the running Alertmanager for them';

/** Without labels the tree, else what becomes of the alert; undefined where none of it may be seen. */
async function showOne(
  { name, opened }: AlertmanagerRoutes,
  labels: Labels,
  { sees, sources: { run, clock } }: Showing,
): Promise<ShownRoutes | undefined> {
  const { namespace, name: own } = name;
  const alertmanager = { namespace, name: own };
  if ('problem' in opened) {
    const { field, message } = opened.problem;
    return { alertmanager, problem: field === '' ? message : `${field}: ${message}`, notes: [] };
  }
  const notes = opened.notes.filter((note) => sees(note.kind, note.namespace)).map(({ text }) => text);
  if (labels.size === 0) {
    const tree = restrictTree({ alertmanager, tree: await run(describeTree(opened.scene)) }, sees);
    return tree && { alertmanager, tree, notes };
  }
  const question = { labels, at: clock.now(), zone: 'UTC', firing: [], silences: [], notes: [] };
  const answer = restrictAnswer(await run(answerRoute(opened.scene, question)), sees);
  if (answer === undefined) return undefined;
  const told = { ...answer, notes: [...answer.notes, ...notes, unknownSilences] };
  return { alertmanager, answer: told, notes: told.notes };
}

/** The same document as `stoker route -o json`; without labels the trees. */
export function arrangeRoutes(
  { asked, known, shown }: RoutesData,
  asOf: number,
): { readonly document: object } | PageFailure {
  if (asked.labels.trim() === '') return { document: { asOf: new Date(asOf).toISOString(), alertmanagers: shown } };
  const [only, ...others] = shown;
  if (only === undefined || others.length > 0)
    return {
      status: 400,
      message: `Cannot choose an Alertmanager: say which with alertmanager=NAMESPACE/NAME; ${tellKnown(known)}`,
    };
  if (only.answer === undefined)
    return {
      status: 503,
      message: `Cannot route: Alertmanager ${showName(only.alertmanager)} has no routes: ${only.problem}`,
    };
  return { document: only.answer };
}
