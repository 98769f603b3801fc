import { listSome } from '../../../base/list-some.ts';
import { mostSeriesQueries } from '../../limits.ts';
import type { SelectorUse } from '../../promql/emptiness.ts';
import type { JudgedRule } from '../../rule-series/rule-coverage.ts';
import type { RuleText } from '../../rule-series/rule-texts.ts';
import { makeStep, plural } from '../case.ts';
import type { SeriesFacts } from '../running.ts';
import type { Step } from '../model.ts';
import type { RulesCase } from './opened-rules.ts';

interface SoughtSeries {
  readonly rule: RuleText;
  readonly selector: SelectorUse;
}

/**
 * Whether running replicas have what the rules select, one query a selector, up to `mostSeriesQueries`; undefined where none was
 * asked, or nothing is sought. `absent()` seeks nothing.
 */
export function judgePresence(one: RulesCase, judged: readonly JudgedRule[]): Step | undefined {
  const { facts, view, name } = one;
  const sought = listSought(judged);
  const texts = [...new Set(sought.map(({ selector }) => selector.text))];
  const asked = texts.slice(0, mostSeriesQueries);
  if (!facts.asks.replicas || asked.length === 0) return undefined;
  const replicas = facts.askSeries(view.name, view.object, asked);
  const compared = `${plural(asked.length, 'selector')} ${asked.length < texts.length ? `of ${texts.length} ` : ''}of its expressions, asked for now`;
  const problem = findProblem(replicas);
  if (problem !== undefined)
    return makeStep('series', 'unknown', { reason: 'SeriesUnknown', object: name, compared, found: problem });
  const has = (text: string): boolean => replicas.some(({ found }) => found.get(text) === true);
  const missing = sought.filter(({ selector: { text } }) => asked.includes(text) && !has(text));
  const counts = { selected: asked.filter(has).length, total: asked.length };
  const [first, ...others] = missing;
  if (first === undefined)
    return makeStep('series', 'pass', { reason: 'SeriesPossible', object: name, compared, counts });
  const also = [...new Set(others.map(({ rule }) => rule.name))].filter((rule) => rule !== first.rule.name);
  return makeStep('series', 'warn', {
    reason: 'SeriesMissing',
    object: name,
    at: first.rule.field,
    compared: `${first.rule.name} selects ${first.selector.text}`,
    found: `nothing has it now (${plural(replicas.length, 'replica')} asked)${also.length === 0 ? '' : `; also in ${listSome(also)}`}`,
    counts,
  });
}

function listSought(judged: readonly JudgedRule[]): SoughtSeries[] {
  return judged.flatMap(({ rule, coverage }) =>
    (coverage?.selectors ?? []).flatMap(({ selector, verdict }) =>
      selector.isAbsence || verdict.verdict === 'impossible' ? [] : [{ rule, selector }],
    ),
  );
}

/** What one does not tell it may have: the others of its shard, or of other shards, do not speak for it. */
function findProblem(replicas: readonly SeriesFacts[]): string | undefined {
  if (replicas.length === 0) return 'there is no running replica';
  const failed = replicas.find(({ problem }) => problem !== undefined);
  return failed === undefined ? undefined : `${failed.name}: ${failed.problem ?? ''}`;
}
