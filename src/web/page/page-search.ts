/** `/search?q=`: what a query may mean among what a caller may see, and how each of it is. */
import type { ExplainedRow, Overview } from '../../core/overview/overview.ts';
import { rankState } from '../../core/overview/order.ts';
import type { RankedHit } from '../../core/overview/search.ts';
import type { SearchHit } from '../../core/overview/found-by.ts';
import { showObject } from '../../core/explain/model.ts';
import type { SearchResult, ShownHit } from './page-source.ts';
import type { PageCaller } from './page-guard.ts';
import { showOverviewTo } from './page-lists.ts';
import type { OverviewReading } from './page-lists.ts';
import type { Place, Sight } from './sight.ts';
import { describeRow } from './views/overview-lists.ts';
import { explainPath } from './views/addresses.ts';
import { listWidePlaces, seesWide } from './wide-view.ts';

/** What the objects of the cluster are asked for. */
export interface PageFound {
  readonly hits: readonly RankedHit[];
  readonly notes: readonly string[];
}

interface SearchSources {
  readonly search: (query: string) => Promise<PageFound>;
  readonly overviews: { read(): Promise<OverviewReading> };
}

/** @throws {RefusalError} when nobody can say what the caller may see. */
export async function searchTo(
  caller: PageCaller,
  query: string,
  { search, overviews }: SearchSources,
): Promise<{ readonly result: SearchResult; readonly asOf: number }> {
  const { overview, asOf } = await overviews.read();
  const shown = await showOverviewTo(caller, overview);
  if (query.trim() === '') return { result: { query, hits: [], rows: [], notes: [] }, asOf };
  const { hits, notes } = await search(query);
  const everything: Place = { kind: 'ServiceMonitor', namespace: '' };
  const wide = [...listWidePlaces('Alert'), ...listWidePlaces('Target')];
  const sight = await caller.look([everything, ...wide, ...hits.flatMap(({ hit }) => hit.holder ?? [])]);
  const known = describeStates(shown);
  const visible = hits.flatMap((one) => showHit(one, sight, known)).sort(compareHits);
  const told = new Set(visible.map(showObject));
  const rows = findRows(shown, query).filter(({ object }) => !told.has(showObject(object)));
  return { result: { query, hits: visible, rows, notes: sight.sees(everything) === true ? notes : [] }, asOf };
}

type Told = Pick<ExplainedRow, 'state' | 'summary'>;

/** By the object; rows stand with the worst first. */
function describeStates({ monitors, rules, routes, workloads }: Overview): ReadonlyMap<string, Told> {
  const known = new Map<string, Told>();
  for (const { object, state, summary } of [...monitors, ...rules, ...routes, ...workloads]) {
    const name = showObject(object);
    if (!known.has(name)) known.set(name, { state, summary });
  }
  return known;
}

/** Whose chain is not theirs to see is led to the object that holds what was found. */
function showHit({ hit, isExact }: RankedHit, sight: Sight, known: ReadonlyMap<string, Told>): ShownHit[] {
  const { holder, ...own } = hit;
  if (holder !== undefined && sight.sees(holder) !== true) return [];
  if (own.kind === 'Target' && !seesWide(sight, 'Target')) return [];
  const isOwn = own.kind !== 'Alert' || seesWide(sight, 'Alert') || holder === undefined;
  const { kind, namespace, name } = isOwn ? own : holder;
  const told = known.get(showObject(holder ?? own));
  return [
    {
      ...own,
      kind: kind as SearchHit['kind'],
      namespace,
      name,
      isExact,
      href: explainPath({ kind, namespace, name }),
      ...told,
    },
  ];
}

const rankOf = ({ isExact, state }: ShownHit): number =>
  (isExact ? 0 : 100) + (state === undefined ? 50 : rankState(state));

/** Those that are equal stay in the order in which they fit. */
const compareHits = (a: ShownHit, b: ShownHit): number => rankOf(a) - rankOf(b);

function findRows({ monitors, rules, routes }: Overview, query: string): ExplainedRow[] {
  const words = query.toLowerCase().split(/\s+/);
  return [...monitors, ...rules, ...routes].filter((row) => {
    const text = describeRow(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The only thing that can be meant: it is the only one, or the only one of a name that is written out. */
export function findMeant({ query, hits, rows }: SearchResult): ShownHit | undefined {
  const [first, second] = hits;
  if (first === undefined) return undefined;
  if (second === undefined) return first.isExact || rows.length === 0 ? first : undefined;
  const isWhole = /[/:]/.test(query);
  return isWhole && first.isExact && !second.isExact ? first : undefined;
}
