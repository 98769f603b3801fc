import type { SyntaxNode } from '@lezer/common';
import type { Checker, Operand, SelectorState } from './checker.ts';
import { childrenOf, textOf } from './checker.ts';
import { checkDuration, checkPositiveDuration } from './durations.ts';
import { checkNumber } from './numbers.ts';
import { typeNames } from './types.ts';

type Modifier = (checker: Checker, node: SyntaxNode, operand: Operand) => Operand;

/** What may follow a selector, by the grammar's name; each is given its operand already checked. */
export const modifiers: ReadonlyMap<string, Modifier> = new Map([
  ['OffsetExpr', applyOffset],
  ['StepInvariantExpr', applyAt],
  ['MatrixSelector', applyRange],
  ['SubqueryExpr', applySubquery],
  ['AnchoredExpr', applyExtension],
  ['SmoothedExpr', applyExtension],
]);

function applyOffset(checker: Checker, node: SyntaxNode, operand: Operand): Operand {
  const durationNode = node.lastChild;
  if (durationNode !== null) checkWhatFollows(checker, durationNode);
  const duration = durationNode === null ? 'computed' : checkDuration(checker, durationNode);
  const selector = requireSelector(checker, 'offset', operand);
  if (selector === undefined) return operand;
  if (selector.offset) checker.report('Invalid offset: it is set twice on one selector', operand.from);
  // An offset of 0 counts as none: Prometheus lets another one follow.
  const offset = duration === 'computed' || duration.seconds !== 0;
  return { ...operand, selector: { ...selector, offset: selector.offset || offset } };
}

/** Behind a duration in parentheses Prometheus takes an operator for part of the duration, and wants a duration next. */
function checkWhatFollows(checker: Checker, duration: SyntaxNode): void {
  if (!textOf(checker, duration).endsWith(')') || !/^[-+]?\s*\(/.test(textOf(checker, duration))) return;
  const rest = checker.text.slice(duration.to).replace(/^(?:\s|#.*)+/, '');
  if (!/^[-+*/%^]\s*[^-+\s\d.(]/.test(rest) || /^.\s*(?:step|range|max_of|min_of)\s*\(/i.test(rest)) return;
  const offset = checker.text.length - rest.length;
  const way = 'put the selector and its offset in parentheses';
  checker.report(
    `Cannot parse expression: "${rest.charAt(0)}" behind "offset (…)" belongs to the duration, ${way}`,
    offset,
  );
}

function applyAt(checker: Checker, node: SyntaxNode, operand: Operand): Operand {
  const moment = node.lastChild;
  if (moment?.name === 'NumberDurationLiteral') checkTimestamp(checker, moment);
  const selector = requireSelector(checker, '@', operand);
  if (selector === undefined) return operand;
  if (selector.at) checker.report('Invalid @ modifier: it is set twice on one selector', operand.from);
  return { ...operand, selector: { ...selector, at: true } };
}

function checkTimestamp(checker: Checker, node: SyntaxNode): void {
  const seconds = checkNumber(checker, node);
  if (seconds === undefined || Math.abs(seconds) < 2 ** 63) return;
  const found = textOf(checker, node);
  checker.report(`Invalid timestamp "${found}" after @: want seconds since 1970 that fit in 64 bits`, node.from);
}

function requireSelector(checker: Checker, modifier: string, operand: Operand): SelectorState | undefined {
  if (operand.selector === undefined) {
    const found = typeNames[operand.type];
    checker.report(
      `Invalid ${modifier} modifier after an expression of type ${found}: it must follow a selector, a range or a subquery`,
      operand.from,
    );
  }
  return operand.selector;
}

function applyRange(checker: Checker, node: SyntaxNode, operand: Operand): Operand {
  const bracket = findBracket(checker, node);
  const [, range] = childrenOf(node);
  if (range !== undefined) checkPositiveDuration(checker, range);
  const { selector } = operand;
  if (selector?.kind !== 'vector') {
    const found = typeNames[operand.type];
    checker.report(
      `Invalid range after an expression of type ${found}: want a selector, or a subquery such as [5m:1m]`,
      bracket,
    );
    return { type: 'matrix', from: operand.from };
  }
  if (selector.offset) checker.report('Invalid range after offset: write the range first, then the offset', bracket);
  else if (selector.at) checker.report('Invalid range after @: write the range first, then the @ modifier', bracket);
  return { type: 'matrix', from: operand.from, selector: { ...selector, kind: 'matrix' } };
}

/** The bracket has no node: it stands between the operand and the duration. */
function findBracket(checker: Checker, node: SyntaxNode): number {
  return checker.text.indexOf('[', node.firstChild?.to ?? node.from);
}

function applySubquery(checker: Checker, node: SyntaxNode, operand: Operand): Operand {
  const [, range, ...resolution] = childrenOf(node);
  if (range !== undefined) {
    checkPositiveDuration(checker, range);
    checkNumberBeforeColon(checker, range);
  }
  for (const duration of resolution) checkPositiveDuration(checker, duration);
  if (operand.type !== 'vector') {
    checker.report(
      `Invalid subquery over an expression of type ${typeNames[operand.type]}: want an instant vector`,
      operand.from,
    );
  }
  return {
    type: 'matrix',
    from: operand.from,
    selector: { kind: 'subquery', offset: false, at: false, anchored: false, smoothed: false },
  };
}

/** Prometheus refuses the first colon in brackets that no number came before: "[step():5m]" does not pass, alas. */
function checkNumberBeforeColon(checker: Checker, range: SyntaxNode): void {
  if (/\[[^\][\d]*\d/.test(checker.text.slice(0, range.to))) return;
  const found = textOf(checker, range);
  checker.report(
    `Invalid range "${found}" of a subquery: want a number before the colon, such as 1*${found}`,
    range.from,
  );
}

function applyExtension(checker: Checker, node: SyntaxNode, operand: Operand): Operand {
  const word = node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed';
  if (!checker.options.extendedRangeSelectors) {
    checker.report(
      `Modifier ${word} is experimental: enable it with feature promql-extended-range-selectors`,
      operand.from,
    );
    return operand;
  }
  const { selector } = operand;
  if (selector === undefined || selector.kind === 'subquery') {
    checker.report(`Invalid modifier ${word}: it must follow a selector or a range`, operand.from);
    return operand;
  }
  const extended = { ...selector, [word]: true };
  if (extended.anchored && extended.smoothed) {
    checker.report('Invalid modifiers: anchored and smoothed exclude each other', operand.from);
  }
  return { ...operand, selector: extended };
}
