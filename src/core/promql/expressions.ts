import type { SyntaxNode } from '@lezer/common';
import { checkAggregation, checkFunction } from './calls.ts';
import type { Checker, Operand } from './checker.ts';
import { modifiers } from './modifiers.ts';
import { checkNumber } from './numbers.ts';
import { checkBinary, checkUnary } from './operators.ts';
import { checkString, checkVectorSelector } from './selectors.ts';

/** Modifiers that wait for their operand, the innermost first. */
type Pending = readonly SyntaxNode[];

/**
 * Types an expression and reports what is wrong in it.
 *
 * The grammar lets modifiers bind looser than operators (`a - b offset 1d` becomes `(a - b) offset 1d`); Prometheus
 * binds them to the operand before them. They are therefore carried down to the rightmost operand.
 */
export function checkExpression(checker: Checker, node: SyntaxNode, pending: Pending = []): Operand {
  if (node.name === 'BinaryExpr') return checkBinarySpine(checker, node, pending);
  const { firstChild, lastChild } = node;
  if (modifiers.has(node.name) && firstChild !== null) return checkExpression(checker, firstChild, [node, ...pending]);
  if (node.name === 'UnaryExpr' && lastChild !== null) {
    return checkUnary(checker, node, checkExpression(checker, lastChild, pending));
  }
  let operand = checkOperand(checker, node);
  for (const modifier of pending) operand = modifiers.get(modifier.name)?.(checker, modifier, operand) ?? operand;
  return operand;
}

/** A chain such as `a + b + c + …` leans to the left as deep as it is long: it is walked, not recursed into. */
function checkBinarySpine(checker: Checker, node: SyntaxNode, pending: Pending): Operand {
  const spine: { readonly node: SyntaxNode; readonly pending: Pending }[] = [];
  let leftmost: SyntaxNode | null = node;
  let waiting = pending;
  while (leftmost !== null && (leftmost.name === 'BinaryExpr' || isModifiedBinary(leftmost))) {
    if (leftmost.name === 'BinaryExpr') {
      spine.push({ node: leftmost, pending: waiting });
      waiting = [];
    } else waiting = [leftmost, ...waiting];
    leftmost = leftmost.firstChild;
  }
  let left = leftmost === null ? undefined : checkExpression(checker, leftmost, waiting);
  for (const link of spine.reverse()) {
    const rightNode = link.node.lastChild;
    if (left === undefined || rightNode === null) break;
    const right = checkExpression(checker, rightNode, link.pending);
    left = checkBinary(checker, link.node, { left, right });
  }
  return left ?? { type: 'vector', from: node.from };
}

function isModifiedBinary(node: SyntaxNode): boolean {
  let inner: SyntaxNode | null = node;
  while (inner !== null && modifiers.has(inner.name)) inner = inner.firstChild;
  return inner !== node && inner?.name === 'BinaryExpr';
}

/** Types what modifiers can follow: everything but operators, signs and modifiers themselves. */
function checkOperand(checker: Checker, node: SyntaxNode): Operand {
  switch (node.name) {
    case 'VectorSelector':
      return checkVectorSelector(checker, node);
    case 'FunctionCall':
      return checkFunction(checker, node);
    case 'AggregateExpr':
      return checkAggregation(checker, node);
    case 'ParenExpr':
      return checkParentheses(checker, node);
    case 'StringLiteral':
      checkString(checker, node);
      return { type: 'string', from: node.from };
    case 'NumberDurationLiteral':
      checkNumber(checker, node);
      return { type: 'scalar', from: node.from };
    default:
      // The parser flattens what lies deeper than 2,500 levels.
      checker.report('Cannot check expression: it is nested too deeply', node.from);
      return { type: 'vector', from: node.from };
  }
}

function checkParentheses(checker: Checker, node: SyntaxNode): Operand {
  let inner = node.firstChild;
  while (inner?.name === 'LineComment') inner = inner.nextSibling;
  const type = inner === null ? 'vector' : checker.check(inner).type;
  return { type, from: node.from };
}
