import type { SyntaxNode } from '@lezer/common';
import type { Checker, Operand } from './checker.ts';
import { childrenOf, textOf } from './checker.ts';
import { checkGrouping } from './grouping.ts';
import { checkNumber } from './numbers.ts';
import { typeNames } from './types.ts';

const comparisons = new Set(['Eql', 'Neq', 'Lss', 'Lte', 'Gtr', 'Gte']);
const setOperators = new Set(['And', 'Or', 'Unless']);

/** The two sides of a binary expression, already checked. */
export interface Sides {
  readonly left: Operand;
  readonly right: Operand;
}

/** How a binary expression matches the series of its sides. */
interface Matching {
  readonly node: SyntaxNode;
  readonly on: boolean;
  readonly labels: readonly string[];
  readonly grouped: boolean;
  readonly included: readonly string[];
}

interface Operation {
  readonly operator: SyntaxNode;
  readonly word: string;
  readonly bool: SyntaxNode | undefined;
  readonly matching: Matching | undefined;
  readonly fill: SyntaxNode | undefined;
}

/** Checks operator and modifiers of a binary expression; its type is scalar only when both sides are scalars. */
export function checkBinary(checker: Checker, node: SyntaxNode, sides: Sides): Operand {
  const operation = readOperation(checker, node);
  if (operation !== undefined) {
    checkBool(checker, operation, sides);
    if (operation.matching !== undefined) checkLabels(checker, operation.matching);
    if (operation.fill !== undefined) checkFill(checker, operation.fill);
    const { left, right } = sides;
    for (const side of [left, right]) checkSide(checker, operation, side);
    if (left.type === 'vector' && right.type === 'vector') checkVectors(checker, operation);
    else checkScalars(checker, operation, sides);
  }
  const isScalar = sides.left.type === 'scalar' && sides.right.type === 'scalar';
  return { type: isScalar ? 'scalar' : 'vector', from: sides.left.from };
}

function readOperation(checker: Checker, node: SyntaxNode): Operation | undefined {
  const [, operator, ...rest] = childrenOf(node);
  if (operator === undefined) return undefined;
  const clause = rest.find((child) => child.name === 'MatchingModifierClause');
  return {
    operator,
    word: textOf(checker, operator),
    bool: rest.find((child) => child.name === 'BoolModifier'),
    matching: clause === undefined ? undefined : readMatching(checker, clause),
    fill: rest.find((child) => child.name === 'FillModifier'),
  };
}

function readMatching(checker: Checker, clause: SyntaxNode): Matching {
  const [word, labels, group, included] = childrenOf(clause);
  return {
    node: clause,
    on: word?.name === 'On',
    labels: labels === undefined ? [] : checkGrouping(checker, labels),
    grouped: group !== undefined,
    included: included === undefined ? [] : checkGrouping(checker, included),
  };
}

function checkBool(checker: Checker, { operator, word, bool }: Operation, { left, right }: Sides): void {
  const isComparison = comparisons.has(operator.name);
  if (bool !== undefined && !isComparison) {
    checker.report(`Invalid bool after "${word}": it belongs to comparisons only`, bool.from);
  }
  if (bool === undefined && isComparison && left.type === 'scalar' && right.type === 'scalar') {
    checker.report(`Invalid comparison of two scalars: write "${word} bool"`, operator.from);
  }
}

function checkLabels(checker: Checker, { node, on, labels, included }: Matching): void {
  const twice = on ? labels.find((label) => included.includes(label)) : undefined;
  if (twice === undefined) return;
  checker.report(`Invalid matching: label "${twice}" is in on() and in the group modifier`, node.from);
}

function checkFill(checker: Checker, fill: SyntaxNode): void {
  if (!checker.options.binopFillModifiers) {
    checker.report('Modifier fill is experimental: enable it with feature promql-binop-fill-modifiers', fill.from);
  }
  for (const clause of childrenOf(fill)) {
    const value = clause.lastChild;
    if (value?.name === 'NumberDurationLiteral') checkNumber(checker, value);
  }
}

function checkSide(checker: Checker, { word }: Operation, side: Operand): void {
  if (side.type === 'scalar' || side.type === 'vector') return;
  checker.report(
    `Invalid operand of "${word}" of type ${typeNames[side.type]}: want a scalar or an instant vector`,
    side.from,
  );
}

function checkScalars(checker: Checker, { operator, word, matching, fill }: Operation, { left, right }: Sides): void {
  if (matching !== undefined && matching.labels.length > 0) {
    checker.report('Invalid matching: on() and ignoring() need an instant vector on both sides', matching.node.from);
  }
  if (fill !== undefined) checker.report('Invalid fill: it needs an instant vector on both sides', fill.from);
  const hasScalar = left.type === 'scalar' || right.type === 'scalar';
  if (hasScalar && setOperators.has(operator.name)) {
    checker.report(`Invalid operand of "${word}" of type scalar: want an instant vector on both sides`, operator.from);
  }
}

function checkVectors(checker: Checker, { operator, word, matching, fill }: Operation): void {
  if (!setOperators.has(operator.name)) return;
  if (matching?.grouped === true) {
    checker.report(`Invalid matching: "${word}" takes no group modifier`, matching.node.from);
  }
  if (fill !== undefined) checker.report(`Invalid fill: "${word}" takes none`, fill.from);
}

/** Checks `+x` and `-x`. */
export function checkUnary(checker: Checker, node: SyntaxNode, operand: Operand): Operand {
  if (operand.type !== 'scalar' && operand.type !== 'vector') {
    checker.report(
      `Invalid operand of a sign of type ${typeNames[operand.type]}: want a scalar or an instant vector`,
      node.from,
    );
  }
  return { type: operand.type, from: node.from };
}
