import { search, searchedTypes } from '../../core/overview/search.ts';
import type { RankedHit } from '../../core/overview/search.ts';
import { describeRefusals } from '../../core/refusal.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { Gatherer } from './answer.ts';

/** What a search comes to. */
export interface Found {
  /** The best first. */
  readonly hits: readonly RankedHit[];
  readonly notes: readonly string[];
}

/** All that a query may mean, and what could not be searched. @throws whatever the gatherer throws. */
export async function searchObjects(
  query: string,
  { objects }: Pick<Gatherer, 'objects'>,
  turns: Turns,
): Promise<Found> {
  const answers = searchedTypes.map(async ({ kind, type }) => {
    const { found, refusals } = await objects(type);
    return { kind, refusals, objects: found.list() };
  });
  const searched = await Promise.all(answers);
  const hits = await turns.run(search(query, searched));
  return { hits, notes: describeRefusals(searched.flatMap(({ refusals }) => refusals)) };
}
