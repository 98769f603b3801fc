import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './checker.ts';

/** The name of the function that a `FunctionCall` calls. */
export function nameOfCall(text: string, call: SyntaxNode): string {
  const [identifier] = childrenOf(call);
  return identifier === undefined ? '' : text.slice(identifier.from, identifier.to);
}

/** What a function or an aggregation is given. */
export function listArguments(node: SyntaxNode): SyntaxNode[] {
  const body = childrenOf(node).find(({ name }) => name === 'FunctionCallBody');
  return body === undefined ? [] : childrenOf(body);
}
