import type { SyntaxNode } from '@lezer/common';
import type { PromqlOptions, PromqlType } from './types.ts';

/** A selector behind an expression, with what its modifiers have set so far. */
export interface SelectorState {
  readonly kind: 'vector' | 'matrix' | 'subquery';
  readonly offset: boolean;
  readonly at: boolean;
  readonly anchored: boolean;
  readonly smoothed: boolean;
}

/** What is known of an expression once it has been checked. */
export interface Operand {
  readonly type: PromqlType;
  /** Where it starts in the text. */
  readonly from: number;
  /** Set when modifiers (offset, @, a range) may follow. */
  readonly selector?: SelectorState;
}

/** What the checks of one expression share. `check` types an expression below; `report` notes a mistake. */
export interface Checker {
  readonly text: string;
  readonly options: PromqlOptions;
  check(node: SyntaxNode): Operand;
  report(message: string, offset: number): void;
}

/** The named children of a node, in order: the grammar's punctuation has no nodes. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child);
  }
  return children;
}

/** The text that a node covers. */
export function textOf(checker: Checker, node: SyntaxNode): string {
  return checker.text.slice(node.from, node.to);
}
