import type { SyntaxNode } from '@lezer/common';
import type { Checker } from './checker.ts';
import { childrenOf, textOf } from './checker.ts';
import { durationLimit } from './literals.ts';
import { checkNumber } from './numbers.ts';

/** A plain number of seconds, or something that only Prometheus can compute (`step()`, a sum, parentheses). */
export type Duration = { readonly seconds: number } | 'computed';

/** Checks what stands in brackets: a range or a resolution, which must be longer than nothing when it is a number. */
export function checkPositiveDuration(checker: Checker, node: SyntaxNode): void {
  const duration = checkDuration(checker, node);
  if (duration !== 'computed' && duration.seconds <= 0) {
    checker.report(`Invalid duration "${textOf(checker, node)}": want one greater than 0`, node.from);
  }
}

/** Checks a DurationExpr or OffsetDurationExpr and tells what it is. */
export function checkDuration(checker: Checker, node: SyntaxNode): Duration {
  const [first, second, third] = childrenOf(node);
  if (first === undefined) return 'computed';
  if (first.name === 'NumberDurationLiteralInDurationContext') return checkLiteral(checker, first);
  if (first.name === 'UnaryOp' && second !== undefined) return checkSigned(checker, first, second);
  requireFeature(checker, node);
  if (first.name === 'DurationMaxOf' || first.name === 'DurationMinOf') {
    for (const argument of childrenOf(node).slice(1)) checkDuration(checker, argument);
  } else if (first.name === 'DurationExpr') {
    checkDuration(checker, first);
    if (second !== undefined && third !== undefined) checkDivisor(checker, second, checkDuration(checker, third));
  }
  return 'computed';
}

function checkLiteral(checker: Checker, node: SyntaxNode): Duration {
  const value = checkNumber(checker, node);
  return value === undefined ? 'computed' : limitDuration(checker, value, node);
}

function limitDuration(checker: Checker, seconds: number, node: SyntaxNode): Duration {
  if (Math.abs(seconds) <= durationLimit) return { seconds };
  if (Number.isNaN(seconds)) {
    checker.report('Invalid duration "NaN": want a number of seconds', node.from);
    return 'computed';
  }
  checker.report(`Invalid duration "${textOf(checker, node)}": it is longer than 292 years`, node.from);
  return 'computed';
}

function checkSigned(checker: Checker, sign: SyntaxNode, operand: SyntaxNode): Duration {
  const [inner, ...others] = childrenOf(operand);
  if (operand.name === 'OffsetDurationExpr' && inner?.name === 'DurationExpr' && others.length === 0) {
    // Prometheus takes "offset -(5m)" without the feature that "offset (5m)" needs.
    checkDuration(checker, inner);
    return 'computed';
  }
  const duration = checkDuration(checker, operand);
  if (duration === 'computed' || textOf(checker, sign) === '+') return duration;
  return { seconds: -duration.seconds };
}

function checkDivisor(checker: Checker, operator: SyntaxNode, divisor: Duration): void {
  if (operator.name !== 'Div' && operator.name !== 'Mod') return;
  if (divisor === 'computed' || divisor.seconds !== 0) return;
  const word = operator.name === 'Div' ? 'division' : 'modulo';
  checker.report(`Invalid duration: ${word} by zero`, operator.from);
}

function requireFeature(checker: Checker, node: SyntaxNode): void {
  if (checker.options.durationExpressions) return;
  const text = textOf(checker, node);
  checker.report(
    `Invalid duration "${text}": arithmetic in durations is experimental, enable it with feature promql-duration-expr`,
    node.from,
  );
}
