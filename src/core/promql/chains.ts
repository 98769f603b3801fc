import type { SyntaxNode } from '@lezer/common';

/**
 * Goes along a chain such as `a or b or c …`, from left to right: it leans to the left as deep as it is long, and is walked, not
 * recursed into.
 *
 * @param combine what is known of the left side with a binary expression, of which the right side is still to be judged
 */
export function foldChain<T>(
  chain: SyntaxNode,
  judge: (leftmost: SyntaxNode) => T,
  combine: (left: T, link: SyntaxNode) => T,
): T {
  const spine: SyntaxNode[] = [];
  let leftmost = chain;
  while (leftmost.name === 'BinaryExpr' && leftmost.firstChild !== null) {
    spine.push(leftmost);
    leftmost = leftmost.firstChild;
  }
  return spine.reverse().reduce(combine, judge(leftmost));
}

/** The right side of a binary expression, or what a sign stands before. */
export const lastOf = (node: SyntaxNode): SyntaxNode => node.lastChild ?? node;
