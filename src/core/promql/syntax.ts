import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { respell } from './respell.ts';
import type { SyntaxMistake } from './syntax-mistake.ts';
import { describeMistake, findStrayToken } from './syntax-mistake.ts';

/** The root expression of a text, or the first place where the text leaves the grammar. */
export type Syntax = { readonly expression: SyntaxNode } | { readonly mistake: SyntaxMistake };

/** Parses an expression. Positions in the tree are indices into `text`. */
export function parsePromql(text: string): Syntax {
  const stray = findStrayToken(text);
  if (stray !== undefined) return { mistake: stray };
  const tree = parseTree(hasCommentCutByReturn(text) ? respell(text) : text);
  if (tree === undefined)
    return { mistake: { message: 'Cannot parse expression: it is nested too deeply', offset: 0 } };
  const error = findError(tree);
  const expression = tree.topNode.getChild('Expr');
  if (error === undefined && expression !== null) return { expression };
  const respelled = respell(text);
  const again = respelled === text ? undefined : parseTree(respelled);
  const expressionAgain = again?.topNode.getChild('Expr');
  if (again !== undefined && expressionAgain && findError(again) === undefined) return { expression: expressionAgain };
  return { mistake: describeMistake(text, again === undefined ? error : findError(again)) };
}

/** Prometheus ends a comment at a carriage return, the grammar only at a newline. */
function hasCommentCutByReturn(text: string): boolean {
  return text.includes('\r') && /#[^\n]*\r(?!\n)/.test(text);
}

/**
 * The parser, made for editors, breaks chains such as `a or b or …` off after 300 links to keep its trees flat, and
 * counts them here; a rule may be longer than that.
 */
const neverCut = { bigReductionCount: 0 };

/** Undefined when the text is nested deeper than the stack is. */
function parseTree(text: string): Tree | undefined {
  try {
    const parse = parser.startParse(text);
    let tree = parse.advance();
    while (tree === null) {
      Object.assign(parse, neverCut);
      tree = parse.advance();
    }
    return tree;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first node that the parser had to make up or to skip. */
function findError(tree: Tree): SyntaxNode | undefined {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) return cursor.node;
  } while (cursor.next());
  return undefined;
}
