import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './checker.ts';
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
    if (around.name === 'FunctionCall') callers.push(nameOf(text, around));
  return callers;
}

function nameOf(text: string, call: SyntaxNode): string {
  const [identifier] = childrenOf(call);
  return identifier === undefined ? '' : text.slice(identifier.from, identifier.to);
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
      return canChainGive(node, judge);
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

/** A chain such as `a or b or c …` leans to the left as deep as it is long: it is walked, not recursed into. */
function canChainGive(node: SyntaxNode, judge: (inner: SyntaxNode) => boolean): boolean {
  const spine: SyntaxNode[] = [];
  let leftmost: SyntaxNode | null = node;
  while (leftmost?.name === 'BinaryExpr') {
    spine.push(leftmost);
    leftmost = leftmost.firstChild;
  }
  let left = leftmost === null || judge(leftmost);
  for (const link of spine.reverse())
    left = combine(link, left, () => link.lastChild === null || judge(link.lastChild));
  return left;
}

function combine(node: SyntaxNode, left: boolean, right: () => boolean): boolean {
  const [, operator, ...rest] = childrenOf(node);
  const isFilled = rest.some(({ name }) => name === 'FillModifier');
  if (operator?.name === 'Or' || isFilled) return left || right();
  if (operator?.name === 'Unless') return left;
  return left && right();
}

function canCallGive(text: string, node: SyntaxNode, judge: (inner: SyntaxNode) => boolean): boolean {
  const name = node.name === 'FunctionCall' ? nameOf(text, node) : '';
  if (constants.has(name)) return true;
  const body = childrenOf(node).find((child) => child.name === 'FunctionCallBody');
  const given = body === undefined ? [] : childrenOf(body);
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
