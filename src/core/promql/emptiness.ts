import type { SyntaxNode } from '@lezer/common';
import { listArguments, nameOfCall } from './call-arguments.ts';
import { childrenOf } from './checker.ts';
import { foldChain, lastOf } from './chains.ts';
import { aggregations, functions } from './functions.ts';
import { readSelector } from './read-selector.ts';
import type { Selector } from './read-selector.ts';

/** A selector where it stands. */
export interface SelectorUse extends Selector {
  /** Inside of `absent()` or `absent_over_time()`, which give something just when the selector gives nothing. */
  readonly isAbsence: boolean;
}

const absences = new Set(['absent', 'absent_over_time']);
/** Give one value whatever they are given. */
const constants = new Set([...absences, 'vector', 'scalar']);

/** A text with the tree of it, checked before. */
export interface Expression {
  readonly text: string;
  readonly node: SyntaxNode;
}

/** All selectors in the order of the text; matchers that `info()` adds are none. */
export function listSelectors({ text, node }: Expression): SelectorUse[] {
  const uses: SelectorUse[] = [];
  node.cursor().iterate(({ name, node: found }) => {
    if (name !== 'VectorSelector' || found.firstChild === null) return;
    const callers = listCallers(text, found);
    if (callers.some((caller) => caller === 'info') && found.firstChild.name === 'LabelMatchers') return;
    uses.push({ ...readSelector(text, found), isAbsence: callers.some((caller) => absences.has(caller)) });
  });
  return uses;
}

/** The functions around a node. */
function listCallers(text: string, node: SyntaxNode): string[] {
  const callers: string[] = [];
  for (let around = node.parent; around !== null; around = around.parent)
    if (around.name === 'FunctionCall') callers.push(nameOfCall(text, around));
  return callers;
}

/**
 * Whether an expression can ever give anything, when `gives` says of each selector whether that can. Rests on how operators
 * and functions treat an empty vector (https://prometheus.io/docs/prometheus/latest/querying/operators/): both sides are
 * needed, but for `or` (one of them), `unless` (the left one) and `fill`; functions and aggregations of nothing are nothing, but for
 * `absent`, `vector` and `scalar`.
 */
export function canGive({ text, node }: Expression, gives: (selector: Selector) => boolean): boolean {
  const judge = (inner: SyntaxNode): boolean => canGive({ text, node: inner }, gives);
  switch (node.name) {
    case 'BinaryExpr':
      return foldChain(node, judge, (left, link) => combine(link, left, () => judge(lastOf(link))));
    case 'VectorSelector':
      return gives(readSelector(text, node));
    case 'FunctionCall':
    case 'AggregateExpr':
      return canCallGive(text, node, judge);
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return true;
    case 'UnaryExpr':
      return node.lastChild === null || judge(node.lastChild);
    default: {
      // Parentheses, ranges, subqueries and modifiers: what they are about comes first.
      const [inner] = childrenOf(node);
      return inner === undefined || judge(inner);
    }
  }
}

function combine(node: SyntaxNode, left: boolean, right: () => boolean): boolean {
  const [, operator, ...rest] = childrenOf(node);
  const isFilled = rest.some(({ name }) => name === 'FillModifier');
  if (operator?.name === 'Or' || isFilled) return left || right();
  if (operator?.name === 'Unless') return left;
  return left && right();
}

function canCallGive(text: string, node: SyntaxNode, judge: (inner: SyntaxNode) => boolean): boolean {
  const name = node.name === 'FunctionCall' ? nameOfCall(text, node) : '';
  if (constants.has(name)) return true;
  const given = listArguments(node);
  const operator = childrenOf(node).find((child) => child.name === 'AggregateOp');
  const signature =
    operator === undefined
      ? functions.get(name)
      : aggregations.get(text.slice(operator.from, operator.to).toLowerCase());
  const parameters = signature?.parameters ?? [];
  return given.every((argument, at) => {
    const type = parameters[Math.min(at, parameters.length - 1)];
    const isSeries = type === 'vector' || type === 'matrix';
    return !isSeries || (name === 'info' && at > 0) || judge(argument);
  });
}
