import type { SyntaxNode } from '@lezer/common';
import type { Checker } from './checker.ts';
import { checkExpression } from './expressions.ts';
import { parsePromql } from './syntax.ts';
import type { PromqlError, PromqlOptions, PromqlType } from './types.ts';
import { defaultPromqlOptions } from './types.ts';
import { mostPromqlErrors } from '../limits.ts';

/** The verdict on an expression: its type when it can be told, and everything that is wrong with it. */
export interface PromqlVerdict {
  readonly type: PromqlType | undefined;
  /** Empty when Prometheus accepts the expression. A syntax error comes alone: nothing behind it can be judged. */
  readonly errors: readonly PromqlError[];
}

/** A verdict with the tree it was reached on, for what rewrites the text. */
export interface CheckedPromql extends PromqlVerdict {
  readonly expression: SyntaxNode | undefined;
}

/**
 * Judges a PromQL expression as Prometheus 3.14 parses it: grammar, types, arities, matchers, durations, literals.
 * Never throws.
 */
export function checkPromql(text: string, options: PromqlOptions = defaultPromqlOptions): PromqlVerdict {
  const { type, errors } = parseAndCheck(text, options);
  return { type, errors };
}

/** As `checkPromql`, with the tree. */
export function parseAndCheck(text: string, options: PromqlOptions): CheckedPromql {
  const syntax = parsePromql(text);
  if ('mistake' in syntax) {
    const { message, offset } = syntax.mistake;
    return { type: undefined, errors: [locate(text, message, offset)], expression: undefined };
  }
  const errors: PromqlError[] = [];
  const checker: Checker = {
    text,
    options,
    check: (node) => checkExpression(checker, node),
    report: (message, offset) => {
      if (errors.length < mostPromqlErrors) errors.push(locate(text, message, offset));
    },
  };
  try {
    const { type } = checkExpression(checker, syntax.expression);
    return { type: errors.length === 0 ? type : undefined, errors, expression: syntax.expression };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const deep = locate(text, 'Cannot check expression: it is nested too deeply', 0);
    return { type: undefined, errors: [deep], expression: undefined };
  }
}

function locate(text: string, message: string, offset: number): PromqlError {
  const before = text.slice(0, offset).split('\n');
  return { message, offset, line: before.length, column: countCharacters(before.at(-1) ?? '') + 1 };
}

function countCharacters(line: string): number {
  return line.length - (line.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g) ?? []).length;
}
