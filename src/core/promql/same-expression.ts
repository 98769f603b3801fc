import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './checker.ts';
import { readNumber, readString } from './literals.ts';
import { readSelector } from './read-selector.ts';
import { parsePromql } from './syntax.ts';

/**
 * Whether Prometheus prints one expression as the other: it writes grouping before the operand, numbers and durations in one
 * spelling, texts in double quotes, and leaves out what means nothing. What is printed and cannot be parsed, since a later version
 * spells it so, is taken for the same.
 * @param written one that was checked
 */
export function isSameExpression(written: string, printed: string): boolean {
  if (written === printed) return true;
  const [one, other] = [describeExpression(written), describeExpression(printed)];
  return other === undefined || one === other;
}

/** One text for all spellings of an expression; undefined when it cannot be parsed. */
function describeExpression(text: string): string | undefined {
  const syntax = parsePromql(text);
  return 'mistake' in syntax ? undefined : describe(syntax.expression, text);
}

const modified = new Set(['OffsetExpr', 'StepInvariantExpr']);
/** Leaves whose text counts: all others say by their names what they are. */
const named = new Set(['Identifier', 'FunctionIdentifier']);

type Describe = (node: SyntaxNode, text: string) => string;

/** Nodes that have more than one spelling. */
const describers: Readonly<Record<string, Describe>> = {
  VectorSelector: (node, text) => wrap('select', readSelector(text, node).matchers.map(describeMatcher).sort()),
  NumberDurationLiteral: (node, text) => describeNumber(ownText(node, text)),
  NumberDurationLiteralInDurationContext: (node, text) => describeNumber(ownText(node, text)),
  StringLiteral: (node, text) => describeText(ownText(node, text)),
  QuotedLabelName: (node, text) => describeText(ownText(node, text)),
  LabelName: (node, text) => JSON.stringify(ownText(node, text)),
  UnaryExpr: describeSigned,
  DurationExpr: describeSigned,
  OffsetDurationExpr: describeSigned,
  AggregateExpr: (node, text) => wrap(node.name, orderAggregate(childrenOf(node), text)),
  MatchingModifierClause: (node, text) => describeMatching(childrenOf(node), text),
  OffsetExpr: describeModified,
  StepInvariantExpr: describeModified,
};

/** Nested as deep as the parser lets expressions be. */
function describe(node: SyntaxNode, text: string): string {
  const describer = describers[node.name];
  if (describer !== undefined) return describer(node, text);
  if (named.has(node.name)) return ownText(node, text);
  const children = childrenOf(node);
  return children.length === 0 ? node.name : wrap(node.name, describeAll(children, text));
}

const ownText = ({ from, to }: SyntaxNode, text: string): string => text.slice(from, to);

const wrap = (name: string, parts: readonly string[]): string => `${name}(${parts.filter(Boolean).join(' ')})`;

const describeAll = (nodes: readonly SyntaxNode[], text: string): string[] => nodes.map((node) => describe(node, text));

const describeMatcher = ({ name, operator, value }: ReturnType<typeof readSelector>['matchers'][number]): string =>
  JSON.stringify([name, operator, value]);

function describeNumber(own: string): string {
  const value = valueOf(own.replace(/^[+-]\s*/, ''));
  return value === undefined ? own : String(own.startsWith('-') ? -value : value);
}

/** A leading zero makes an octal number. */
function valueOf(digits: string): number | undefined {
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  const literal = readNumber(digits);
  return 'problem' in literal ? undefined : literal.value;
}

function describeText(own: string): string {
  const literal = readString(own);
  return 'problem' in literal ? own : JSON.stringify(literal.value);
}

/** A plus means nothing. */
function describeSigned(node: SyntaxNode, text: string): string {
  const [sign, operand] = childrenOf(node);
  if (sign?.name !== 'UnaryOp' || operand === undefined) return wrap(node.name, describeAll(childrenOf(node), text));
  const said = describe(operand, text);
  if (text.slice(sign.from, sign.to) !== '-') return said;
  return /^[\d.]/.test(said) ? `-${said}` : wrap('negative', [said]);
}

/** Grouping may stand on either side; "by ()" is as good as nothing. */
function orderAggregate(children: readonly SyntaxNode[], text: string): string[] {
  const modifier = children.find(({ name }) => name === 'AggregateModifier');
  const others = children.filter((child) => child !== modifier);
  if (modifier === undefined) return describeAll(others, text);
  const [word, labels] = childrenOf(modifier);
  const isIdle = word?.name === 'By' && labels?.firstChild === null;
  return isIdle ? describeAll(others, text) : [describe(modifier, text), ...describeAll(others, text)];
}

function describeMatching([word, labels, ...group]: readonly SyntaxNode[], text: string): string {
  const isIdle = word?.name === 'Ignoring' && labels?.firstChild === null;
  const own = isIdle ? [] : [word, labels].flatMap((node) => (node === undefined ? [] : [describe(node, text)]));
  const beside = describeAll(
    group.filter(({ name, firstChild }) => name !== 'GroupingLabels' || firstChild !== null),
    text,
  );
  return own.length + beside.length === 0 ? '' : wrap('match', [...own, ...beside]);
}

/** Offset and @ may stand in any order. */
function describeModified(node: SyntaxNode, text: string): string {
  const modifiers: string[] = [];
  let inner = node;
  while (modified.has(inner.name)) {
    const [operand, ...rest] = childrenOf(inner);
    if (operand === undefined) break;
    modifiers.push(wrap(inner.name, describeAll(rest, text).map(roundTime)));
    inner = operand;
  }
  return wrap('modified', [describe(inner, text), ...modifiers.sort()]);
}

/** Of a time behind @, milliseconds are printed. */
function roundTime(said: string): string {
  if (!/^-?\d+\.\d{4,}$/.test(said)) return said;
  const seconds = Number(said);
  return String((Math.sign(seconds) * Math.round(Math.abs(seconds) * 1000)) / 1000);
}
