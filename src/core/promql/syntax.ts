import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { respell } from './respell.ts';
import type { SyntaxMistake } from './syntax-mistake.ts';
import { describeMistake, findStrayToken } from './syntax-mistake.ts';
import { readTokens } from './tokens.ts';
import { deepestExpression } from '../limits.ts';

/** The root expression of a text, or the first place where the text leaves the grammar. */
export type Syntax = { readonly expression: SyntaxNode } | { readonly mistake: SyntaxMistake };

/** The root expression, where the parser stopped, or that it did so because of the depth. */
type Parsed = SyntaxNode | number | 'too deep';

/** Stops at the first mistake: going on, as an editor wants it, can take seconds on a long text. */
const strictParser = parser.configure({ strict: true });

/** So much text behind a mistake is enough to tell what it is. */
const context = 100;

const tooDeep: SyntaxMistake = { message: 'Cannot parse expression: it is nested too deeply', offset: 0 };

/** Parses an expression. Positions in the tree are indices into `text`. */
export function parsePromql(text: string): Syntax {
  const stray = findStrayToken(text);
  if (stray !== undefined) return { mistake: stray };
  if (mayBeDeep(text) && measureDepth(text) > deepestExpression) return { mistake: tooDeep };
  let source = hasCommentCutByReturn(text) ? respell(text) : text;
  let parsed = parseStrictly(source);
  const respelled = typeof parsed === 'number' ? respell(text) : source;
  if (respelled !== source) {
    source = respelled;
    parsed = parseStrictly(source);
  }
  if (parsed === 'too deep') return { mistake: tooDeep };
  if (typeof parsed !== 'number') return { expression: parsed };
  const error = findError(parser.parse(source.slice(0, parsed + context)));
  return { mistake: describeMistake(text, error) };
}

/** Cheap to ask of every text: brackets in strings and comments count too. */
function mayBeDeep(text: string): boolean {
  return text.length > deepestExpression && (text.match(/[([{]/g)?.length ?? 0) > deepestExpression;
}

function measureDepth(text: string): number {
  let depth = 0;
  let most = 0;
  for (const { kind, text: word } of readTokens(text)) {
    if (kind !== 'symbol') continue;
    if (word === '(' || word === '{' || word === '[') most = Math.max(most, ++depth);
    else if (word === ')' || word === '}' || word === ']') depth--;
  }
  return most;
}

/** Prometheus ends a comment at a carriage return, the grammar only at a newline. */
function hasCommentCutByReturn(text: string): boolean {
  if (!text.includes('\r')) return false;
  return text.split('\n').some((line, at, { length }) => {
    const comment = line.indexOf('#');
    const end = at < length - 1 && line.endsWith('\r') ? line.length - 1 : line.length;
    return comment >= 0 && line.slice(comment, end).includes('\r');
  });
}

/**
 * The parser, made for editors, breaks chains such as `a or b or …` off after 300 links to keep its trees flat, and
 * counts them here; a rule may be longer than that.
 */
const neverCut = { bigReductionCount: 0 };

function parseStrictly(text: string): Parsed {
  try {
    const parse = strictParser.startParse(text);
    let tree = parse.advance();
    while (tree === null) {
      Object.assign(parse, neverCut);
      tree = parse.advance();
    }
    return tree.topNode.getChild('Expr') ?? findError(tree)?.from ?? 0;
  } catch (error) {
    if (error instanceof RangeError) return 'too deep';
    const stopped = error instanceof SyntaxError ? / (\d+)$/.exec(error.message) : null;
    if (stopped === null) throw error;
    return Number(stopped[1]);
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
