/** Targets as a caller may see them, as JSON or HTML. */
import type { Context } from 'hono';
import type { Interruptible } from '../../base/interruptible.ts';
import { formatTime } from '../../base/time.ts';
import { chooseTargets } from '../../core/overview/choose-targets.ts';
import type { SurveyedTargets } from '../../core/overview/target-survey.ts';
import { pageRows } from '../limits.ts';
import { wantsHtml } from './page-answer.ts';
import type { PageVisit } from './page-visit.ts';
import type { Place, Sight } from './sight.ts';
import { ListQuery } from './views/list-query.ts';
import { targetsPage } from './views/pages.ts';
import type { TargetsData } from './views/targets.ts';

/** Where the page of targets comes from. */
export interface TargetSource {
  read(): Promise<{ readonly overview: SurveyedTargets; readonly asOf: number }>;
}

/** `/targets`: a page of those that the address chooses, in either form. */
export async function showTargets(
  context: Context,
  source: TargetSource,
  { caller, chrome, run }: Omit<PageVisit, 'now'>,
): Promise<Response> {
  const { overview: all, asOf } = await source.read();
  const sight = await caller.look(listPlaces(all));
  const { searchParams } = new URL(context.req.url);
  const data = await run(choose(all, searchParams, sight));
  if (!wantsHtml(context)) {
    const { rows, found, counts, unlisted, page, pages, notes } = data;
    return context.json({ asOf: formatTime(asOf), ...{ found, page, pages, counts, unlisted }, targets: rows, notes });
  }
  return context.html(targetsPage(data, searchParams, { ...chrome, asOf }));
}

function* choose(all: SurveyedTargets, params: URLSearchParams, sight: Sight): Interruptible<TargetsData> {
  const sees = (kind: string, namespace: string): boolean => sight.sees({ kind, namespace }) === true;
  const query = new ListQuery(params, { medium: 'served' });
  const wanted = {
    ...{ state: query.read('state'), workload: query.read('workload'), namespace: query.read('namespace') },
    ...{ words: query.words, sees, atMost: pageRows },
  };
  const first = yield* chooseTargets(all, { ...wanted, from: (query.page - 1) * pageRows });
  const pages = Math.max(1, Math.ceil(first.found / pageRows));
  const page = Math.min(query.page, pages);
  const chosen = page === query.page ? first : yield* chooseTargets(all, { ...wanted, from: (page - 1) * pageRows });
  const seesAll = sees('ServiceMonitor', '') && sees('Pod', '');
  // What could not be read is told with its namespace.
  return { ...chosen, page, pages, hasChains: seesAll, notes: seesAll ? all.notes : [] };
}

/** Every kind and namespace that a row is about, each once. */
function listPlaces({ rows, unlisted }: SurveyedTargets): Place[] {
  const places = new Map<string, Place>();
  const add = (kind: string, namespace: string): void => {
    const key = `${kind} ${namespace}`;
    if (!places.has(key)) places.set(key, { kind, namespace });
  };
  for (const kind of ['ServiceMonitor', 'Pod']) add(kind, '');
  for (const { monitor, workload } of [...rows, ...unlisted])
    if (monitor === undefined) add('Secret', workload.namespace);
    else add(monitor.kind, monitor.namespace);
  for (const { namespace } of rows) if (namespace !== undefined) add('Pod', namespace);
  return [...places.values()];
}
