import type { CharacterSet } from './character-set.ts';
import { intersect, isEvery } from './character-set.ts';
import type { Expression } from './syntax-tree.ts';
import { isNullable, partsOf } from './syntax-tree.ts';
import { mostAlternatives, mostLoops, mostWays } from '../limits.ts';

type Loop = Extract<Expression, { kind: 'loop' }>;

/** What stands between a loop and the end of the expression around it, or between its start and a loop. */
interface Way {
  readonly loop: Loop;
  readonly between: readonly Expression[];
}

/**
 * True when an engine that goes back and tries again reads any text in a time that grows as its length, because:
 * (1) no two loops can pass text to and fro: on every way from one to the other stands a character that one of them does not
 * take. Automata theory calls the other case infinite ambiguity (Weber and Seidl, 1991); here, where only single characters
 * are repeated, it is all that can grow with the text. A last loop that takes everything cannot fail and needs no such
 * character. (2) What is left, the choices and the places at which a loop can begin, multiplies to a bounded number.
 */
export function isLinear(expression: Expression): boolean {
  const loops = countLoops(expression);
  if (loops > mostLoops || countWays(expression, loops) > mostWays) return false;
  return loops < 2 || !hasExchange(expression, true);
}

function countLoops(expression: Expression): number {
  const own = expression.kind === 'loop' ? 1 : 0;
  return partsOf(expression).reduce((sum, part) => sum + countLoops(part), own);
}

function countCharacters(expression: Expression): number {
  const own = expression.kind === 'character' ? 1 : 0;
  return partsOf(expression).reduce((sum, part) => sum + countCharacters(part), own);
}

/** An upper bound of the ways open at one place; Infinity when it would take long to tell. */
function countWays(expression: Expression, loops: number): number {
  const choices = countChoices(expression);
  return loops < 2 ? choices : choices * (1 + Math.ceil(countCharacters(expression) / (loops - 1))) ** (loops - 1);
}

function countChoices(expression: Expression): number {
  const inside = partsOf(expression).reduce((product, part) => product * countChoices(part), 1);
  if (expression.kind === 'optional') return 2 * inside;
  return expression.kind === 'alternatives' ? inside * countRivals(expression.items) : inside;
}

/** At most how many of the alternatives can match at one place. */
function countRivals(items: readonly Expression[]): number {
  if (items.length > mostAlternatives) return Infinity;
  const starts = items.map(readStart);
  const counts = starts.map((one) => starts.filter((other) => !exclude(one, other)).length);
  return Math.max(...counts);
}

/** The characters with which an expression begins, as far as they are single ones. */
function readStart(expression: Expression): readonly CharacterSet[] {
  if (expression.kind === 'character') return [expression.set];
  if (expression.kind === 'group') return readStart(expression.inner);
  if (expression.kind !== 'sequence') return [];
  const sets: CharacterSet[] = [];
  for (const item of expression.items) {
    if (item.kind !== 'character') break;
    sets.push(item.set);
  }
  return sets;
}

/** True when no text begins in both ways. */
function exclude(one: readonly CharacterSet[], other: readonly CharacterSet[]): boolean {
  return one.some((set, at) => {
    const against = other[at];
    return against !== undefined && intersect(set, against).length === 0;
  });
}

/** True when some loop can pass text to a later one. `isLast` when nothing follows that must match something. */
function hasExchange(expression: Expression, isLast: boolean): boolean {
  if (expression.kind !== 'sequence') return partsOf(expression).some((part) => hasExchange(part, isLast));
  let open: Way[] = [];
  for (const [at, item] of expression.items.entries()) {
    const nothingLeft = isLast && expression.items.slice(at + 1).every(isNullable);
    if (hasExchange(item, nothingLeft)) return true;
    const starts = listStarts(item, nothingLeft);
    if (open.some((from) => starts.some((to) => canExchange(from, to)))) return true;
    open = [...open.map(({ loop, between }) => ({ loop, between: [...between, item] })), ...listEnds(item)];
  }
  return false;
}

function canExchange(from: Way, to: Way): boolean {
  const shared = intersect(from.loop.set, to.loop.set);
  return shared.length > 0 && [...from.between, ...to.between].every((one) => canMatchWithin(one, shared));
}

/** Whether some text that the expression takes has characters of the set alone. */
function canMatchWithin(expression: Expression, set: CharacterSet): boolean {
  switch (expression.kind) {
    case 'character':
      return intersect(expression.set, set).length > 0;
    case 'loop':
      return expression.mayBeEmpty || intersect(expression.set, set).length > 0;
    case 'optional':
      return true;
    case 'group':
      return canMatchWithin(expression.inner, set);
    case 'sequence':
      return expression.items.every((item) => canMatchWithin(item, set));
    case 'alternatives':
      return expression.items.some((item) => canMatchWithin(item, set));
  }
}

/** The loops inside with what stands before each; without those that can never fail. */
function listStarts(expression: Expression, isLast: boolean): readonly Way[] {
  if (expression.kind === 'loop') return isLast && isEvery(expression.set) ? [] : [{ loop: expression, between: [] }];
  if (expression.kind !== 'sequence') return partsOf(expression).flatMap((part) => listStarts(part, isLast));
  return expression.items.flatMap((item, at) => {
    const before = expression.items.slice(0, at);
    const nothingLeft = isLast && expression.items.slice(at + 1).every(isNullable);
    return listStarts(item, nothingLeft).map(({ loop, between }) => ({ loop, between: [...before, ...between] }));
  });
}

/** The loops inside with what stands behind each. */
function listEnds(expression: Expression): readonly Way[] {
  if (expression.kind === 'loop') return [{ loop: expression, between: [] }];
  if (expression.kind !== 'sequence') return partsOf(expression).flatMap(listEnds);
  return expression.items.flatMap((item, at) => {
    const behind = expression.items.slice(at + 1);
    return listEnds(item).map(({ loop, between }) => ({ loop, between: [...between, ...behind] }));
  });
}
