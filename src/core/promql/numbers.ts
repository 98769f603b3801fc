import type { SyntaxNode } from '@lezer/common';
import type { Checker } from './checker.ts';
import { textOf } from './checker.ts';
import { readNumber } from './literals.ts';

/** Reads a number or duration literal with its sign, and reports what is wrong with it. */
export function checkNumber(checker: Checker, node: SyntaxNode): number | undefined {
  const text = textOf(checker, node);
  const digits = text.replace(/^[+-]\s*/, '');
  const literal = readNumber(digits);
  const next = checker.text.charAt(node.to);
  if ('problem' in literal) checker.report(literal.problem, node.from);
  else if (/\w/.test(next))
    checker.report(`Cannot read number "${text}${next}": put a blank behind "${text}"`, node.from);
  else return text.startsWith('-') ? -literal.value : literal.value;
  return undefined;
}
