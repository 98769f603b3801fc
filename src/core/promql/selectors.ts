import type { SyntaxNode } from '@lezer/common';
import { GoRegexp } from '../../base/go-regexp.ts';
import type { Checker, Operand } from './checker.ts';
import { childrenOf, textOf } from './checker.ts';
import { readString } from './literals.ts';
import { readMatcher } from './read-selector.ts';

/** A label matcher as written; `{"name"}` is one on `__name__`. */
interface Matcher {
  readonly name: string;
  /** An absent label, which counts as empty, does not fulfil it. */
  readonly rejectsEmpty: boolean;
  readonly value: string;
}

/** Keywords that stand where a metric name may stand, and still are none. */
const notMetricNames = new Set(['atan2']);

/**
 * Checks `name{matchers}`: strings and regular expressions must be valid, the name be given once, and one matcher at
 * least must not match the empty string, or every series would be selected.
 */
export function checkVectorSelector(checker: Checker, node: SyntaxNode, mayMatchAll = false): Operand {
  let name = '';
  let matchers: Matcher[] = [];
  for (const child of childrenOf(node)) {
    if (child.name === 'LabelMatchers') matchers = checkMatchers(checker, child);
    else name = textOf(checker, child);
  }
  if (notMetricNames.has(name.toLowerCase())) checker.report(`Unexpected "${name}": want an expression`, node.from);
  if (name !== '') checkNameOnce(name, matchers, (problem) => checker.report(problem, node.from));
  else if (!mayMatchAll && !matchers.some((matcher) => matcher.rejectsEmpty)) {
    const found = textOf(checker, node);
    checker.report(
      `Invalid selector "${found}": want at least one matcher that an empty label does not fulfil`,
      node.from,
    );
  }
  return {
    type: 'vector',
    from: node.from,
    selector: { kind: 'vector', offset: false, at: false, anchored: false, smoothed: false },
  };
}

function checkNameOnce(name: string, matchers: readonly Matcher[], report: (problem: string) => void): void {
  const second = matchers.find((matcher) => matcher.name === '__name__');
  if (second === undefined) return;
  report(`Invalid selector: the metric name is set twice, to "${name}" and "${second.value}"`);
}

function checkMatchers(checker: Checker, node: SyntaxNode): Matcher[] {
  const matchers: Matcher[] = [];
  for (const child of childrenOf(node)) {
    const matcher = checkMatcher(checker, child);
    if (matcher !== undefined) matchers.push(matcher);
  }
  return matchers;
}

/** Reports strings and expressions that are none; what is left can be read. */
function checkMatcher(checker: Checker, node: SyntaxNode): Matcher | undefined {
  const quoted = node.name === 'QuotedLabelName' ? [node] : childrenOf(node).filter(isQuoted);
  const strings = quoted.map((one) => checkString(checker, one));
  const matcher = strings.includes(undefined) ? undefined : readMatcher(checker.text, node);
  if (matcher === undefined) return undefined;
  const rejectsEmpty = checkRejectsEmpty(matcher.operator, matcher.value, (problem) =>
    checker.report(`Invalid matcher ${textOf(checker, node)}: ${problem}`, node.from),
  );
  return rejectsEmpty === undefined ? undefined : { name: matcher.name, value: matcher.value, rejectsEmpty };
}

const isQuoted = ({ name }: SyntaxNode): boolean => name === 'QuotedLabelName' || name === 'StringLiteral';

/** Whether a matcher refuses an empty label; undefined when its regular expression is none. */
function checkRejectsEmpty(operator: string, value: string, report: (problem: string) => void): boolean | undefined {
  if (operator === '=') return value !== '';
  if (operator === '!=') return value === '';
  try {
    const matchesEmpty = GoRegexp.compile(value).matches('');
    return operator === '=~' ? !matchesEmpty : matchesEmpty;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    report(error.message);
    return undefined;
  }
}

/** Reads a string literal and reports what is wrong with it. */
export function checkString(checker: Checker, node: SyntaxNode): string | undefined {
  const literal = readString(textOf(checker, node));
  if ('value' in literal) return literal.value;
  checker.report(literal.problem, node.from);
  return undefined;
}
