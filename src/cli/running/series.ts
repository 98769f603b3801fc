import { readField } from '../../core/explain/fields.ts';
import type { SeriesQuestion } from '../../core/explain/questions.ts';
import type { SeriesFacts } from '../../core/explain/running.ts';
import { openPrograms, readPart } from './programs.ts';
import type { Part, Program, ProgramOptions } from './programs.ts';

/** Asks each running replica whether it has series now, one query a selector. Never rejects. */
export function askSeries(
  { replicas, selectors }: SeriesQuestion,
  options: ProgramOptions,
): Promise<readonly SeriesFacts[]> {
  return Promise.all(openPrograms(replicas, options).map((program) => ask(program, selectors)));
}

/** One after the other: they are no hurry, and the Prometheus has others to answer. */
async function ask(program: Program, selectors: readonly string[]): Promise<SeriesFacts> {
  const found = new Map<string, boolean>();
  for (const selector of selectors) {
    const query = new URLSearchParams({ query: `count(${selector})` });
    const part: Part<boolean> = await readPart(program, `/api/v1/query?${query.toString()}`, readPresence);
    // Who does not answer once is not asked again.
    if (part.problem !== undefined) return { name: program.name, found, problem: part.problem };
    found.set(selector, part.value);
  }
  return { name: program.name, found };
}

/** count() of nothing is nothing. */
function readPresence(answer: unknown): boolean | undefined {
  const result = readField(answer, 'data.result');
  return Array.isArray(result) ? result.length > 0 : undefined;
}
