import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './checker.ts';
import { readString } from './literals.ts';

/** By which labels series come together: only those names, or all but those. */
export type Grouping = { readonly only: ReadonlySet<string> } | { readonly except: ReadonlySet<string> };

export interface Aggregation {
  /** In lower case. */
  readonly operator: string;
  readonly grouping: Grouping;
  /** Operator and grouping as written, such as `sum by (pod)`. */
  readonly text: string;
}

/** Reads an `AggregateExpr` of an expression that was checked. */
export function readAggregation(text: string, node: SyntaxNode): Aggregation {
  const write = (part: SyntaxNode | null): string => (part === null ? '' : text.slice(part.from, part.to));
  const operator = write(node.getChild('AggregateOp'));
  const modifier = node.getChild('AggregateModifier');
  const names = readNames(text, modifier?.getChild('GroupingLabels'));
  const isWithout = modifier?.getChild('Without') != null;
  return {
    operator: operator.toLowerCase(),
    grouping: isWithout ? { except: names } : { only: names },
    text: [operator, write(modifier)].filter((one) => one !== '').join(' '),
  };
}

export interface Matching {
  /** In lower case. */
  readonly operator: string;
  readonly grouping: Grouping;
  /** The side that may have several series for one of the other. */
  readonly many: 'left' | 'right' | undefined;
  /** Labels that it takes from the other side. */
  readonly included: ReadonlySet<string>;
  /** Operator and labels as written, such as `/ on (pod)`. */
  readonly text: string;
}

/** Reads how a `BinaryExpr` of an expression that was checked matches its sides. */
export function readMatching(text: string, node: SyntaxNode): Matching {
  const [, operatorNode] = childrenOf(node);
  const clause = node.getChild('MatchingModifierClause');
  const operator = operatorNode === undefined ? '' : text.slice(operatorNode.from, operatorNode.to);
  const parts = clause === null ? [] : childrenOf(clause);
  const names = readNames(text, parts[1]);
  const [last] = parts.slice(1, 2);
  const shown = clause === null || last === undefined ? '' : ` ${text.slice(clause.from, last.to)}`;
  const hasPart = (name: string): boolean => parts.some((part) => part.name === name);
  return {
    operator: operator.toLowerCase(),
    grouping: hasPart('On') ? { only: names } : { except: names },
    included: readNames(text, parts.filter(({ name }) => name === 'GroupingLabels')[1]),
    many: hasPart('GroupLeft') ? 'left' : hasPart('GroupRight') ? 'right' : undefined,
    text: `${operator}${shown}`,
  };
}

function readNames(text: string, labels: SyntaxNode | null | undefined): ReadonlySet<string> {
  const children = labels == null ? [] : childrenOf(labels);
  return new Set(children.map((child) => readName(text.slice(child.from, child.to), child.name === 'QuotedLabelName')));
}

function readName(written: string, isQuoted: boolean): string {
  const literal = isQuoted ? readString(written) : { value: written };
  return 'value' in literal ? literal.value : written;
}
