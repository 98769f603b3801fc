import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './checker.ts';
import { readString } from './literals.ts';

export type MatcherOperator = '=' | '!=' | '=~' | '!~';

/** One condition of a selector on a label; the metric's name is the label `__name__`. */
export interface Matcher {
  readonly name: string;
  readonly operator: MatcherOperator;
  readonly value: string;
  /** Where it stands in the text; of the name before the braces, where that stands. */
  readonly from: number;
  readonly to: number;
}

/** What one vector selector asks for. */
export interface Selector {
  readonly matchers: readonly Matcher[];
  /** As written, without range and modifiers. */
  readonly text: string;
}

/** Reads a `VectorSelector` of an expression that was checked. */
export function readSelector(text: string, node: SyntaxNode): Selector {
  const children = childrenOf(node);
  const braces = children.find(({ name }) => name === 'LabelMatchers');
  const name = children.find((child) => child !== braces);
  const named: Matcher[] =
    name === undefined
      ? []
      : [{ name: '__name__', operator: '=', value: text.slice(name.from, name.to), from: name.from, to: name.to }];
  const inBraces = braces === undefined ? [] : childrenOf(braces).flatMap((child) => readMatcher(text, child) ?? []);
  return { matchers: [...named, ...inBraces], text: text.slice(node.from, node.to) };
}

/** One of the matchers in braces; undefined for what no checked expression has. */
export function readMatcher(text: string, node: SyntaxNode): Matcher | undefined {
  const { from, to } = node;
  if (node.name === 'QuotedLabelName') {
    const value = readQuoted(text, node);
    return value === undefined ? undefined : { name: '__name__', operator: '=', value, from, to };
  }
  const [label, operatorNode, valueNode] = childrenOf(node);
  if (label === undefined || operatorNode === undefined || valueNode === undefined) return undefined;
  const name = label.name === 'QuotedLabelName' ? readQuoted(text, label) : text.slice(label.from, label.to);
  const value = readQuoted(text, valueNode);
  if (name === undefined || value === undefined) return undefined;
  return { name, operator: text.slice(operatorNode.from, operatorNode.to) as MatcherOperator, value, from, to };
}

function readQuoted(text: string, { from, to }: SyntaxNode): string | undefined {
  const literal = readString(text.slice(from, to));
  return 'value' in literal ? literal.value : undefined;
}

/** A matcher as Prometheus prints it. JSON's escapes are among those of PromQL. */
export function writeMatcher({ name, operator, value }: Pick<Matcher, 'name' | 'operator' | 'value'>): string {
  const label = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
  return `${label}${operator}${JSON.stringify(value)}`;
}
