import type { SyntaxNode } from '@lezer/common';
import { aggregations, functions } from './functions.ts';
import { readString } from './literals.ts';
import type { Token } from './tokens.ts';
import { readTokens } from './tokens.ts';

/** Where a text leaves the grammar, and why. `offset` is an index into the text. */
export interface SyntaxMistake {
  readonly message: string;
  readonly offset: number;
}

/** The token at which parsing stopped with its neighbours; `found` is undefined at the end of the text. */
interface Stop {
  readonly tokens: readonly Token[];
  readonly previous: Token | undefined;
  readonly found: Token | undefined;
  readonly error: SyntaxNode | undefined;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/**
 * Finds what the grammar would take and Prometheus does not: blanks other than space, tab and line ends, and a
 * comment right after an opening bracket.
 */
export function findStrayToken(text: string): SyntaxMistake | undefined {
  const hasComment = text.includes('#') && text.includes('[');
  if (!hasComment && !/[^\S \t\r\n]/.test(text)) return undefined;
  let bracket: number | undefined;
  for (const token of readTokens(text)) {
    if (token.kind === 'unknown') return { message: describeUnknown(token), offset: token.from };
    const comment = bracket === undefined ? -1 : text.slice(bracket, token.from).indexOf('#');
    if (bracket !== undefined && comment >= 0) {
      return {
        message: 'Cannot parse expression: found a comment, want a duration such as 5m',
        offset: bracket + comment,
      };
    }
    bracket = token.text === '[' ? token.from : undefined;
  }
  return undefined;
}

/** Tells what was found at the first error node of the tree of `text`, and what could stand there instead. */
export function describeMistake(text: string, error: SyntaxNode | undefined): SyntaxMistake {
  const tokens = [...readTokens(text)];
  if (tokens.length === 0) return { message: 'Cannot parse expression: found nothing, want an expression', offset: 0 };
  const from = error?.from ?? text.length;
  const index = tokens.findIndex((token) => token.from + token.text.length > from);
  const found = index < 0 ? undefined : tokens[index];
  const previous = index < 0 ? tokens.at(-1) : tokens[index - 1];
  const stop = { tokens, found, previous, error };
  const culprit = found === undefined ? findOpenString(previous) : findUnknownFunction(stop);
  return culprit ?? { message: describeStop(stop), offset: found?.from ?? text.length };
}

/** A string without an end takes the rest of the text with it. */
function findOpenString(last: Token | undefined): SyntaxMistake | undefined {
  const problem = last === undefined ? undefined : describeLiteral(last, undefined);
  return last === undefined || problem === undefined ? undefined : { message: problem, offset: last.from };
}

function findUnknownFunction({ found, previous }: Stop): SyntaxMistake | undefined {
  if (found?.text !== '(' || previous?.kind !== 'word' || functions.has(previous.text)) return undefined;
  return { message: describeFunction(previous.text), offset: previous.from };
}

function describeStop(stop: Stop): string {
  const { found } = stop;
  if (found === undefined) return `Cannot parse expression: found its end, want ${describeEnd(stop)}`;
  if (found.kind === 'unknown') return describeUnknown(found);
  const problem = describeLiteral(found, stop.error);
  if (problem !== undefined) return problem;
  return `Cannot parse expression: found "${found.text}", want ${describeWanted(stop)}`;
}

function describeEnd(stop: Stop): string {
  const open = findUnclosed(stop.tokens);
  return open === undefined ? describeWanted(stop) : `a closing "${closing[open.text] ?? ''}"`;
}

function describeLiteral(found: Token, error: SyntaxNode | undefined): string | undefined {
  if (found.kind === 'string') {
    const literal = readString(found.text);
    return 'problem' in literal ? literal.problem : undefined;
  }
  if (found.kind !== 'number' || error === undefined || error.from <= found.from) return undefined;
  return `Cannot read number or duration "${found.text}": want for example 1.5, 0x1f or 1h30m`;
}

function describeUnknown({ text }: Token): string {
  const code = text.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
  return `Cannot parse expression: found character ${JSON.stringify(text)} (U+${code}) outside of a string`;
}

function findUnclosed(tokens: readonly Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== 'symbol') continue;
    if (token.text in closing) open.push(token);
    else if (token.text === closing[open.at(-1)?.text ?? '']) open.pop();
  }
  return open.at(-1);
}

function describeFunction(name: string): string {
  const known = [...functions.keys(), ...aggregations.keys()];
  const alike = known.find((one) => one === name.toLowerCase()) ?? known.find((one) => isAlike(one, name));
  return `Unknown function "${name}"${alike === undefined ? '' : `: did you mean "${alike}"`}`;
}

/** True when one word becomes the other by one added, dropped, changed or swapped letter. */
function isAlike(known: string, word: string): boolean {
  if (Math.abs(known.length - word.length) > 1 || word.length < 3) return false;
  let start = 0;
  while (start < known.length && known[start] === word[start]) start++;
  const rests = [
    [known.slice(start + 1), word.slice(start)],
    [known.slice(start), word.slice(start + 1)],
    [known.slice(start + 1), word.slice(start + 1)],
    [known.slice(start + 2), word.slice(start + 2)],
  ];
  const isSwap = known[start] === word[start + 1] && known[start + 1] === word[start];
  return rests.some(([left, right], index) => left === right && (index < 3 || isSwap));
}

const operand = 'an expression';
const labelNames = '"(" with label names';
const duration = 'a duration such as 5m';
const continuation = 'an operator, a modifier or the end';

/** What may stand where the tree broke, by the node around it. A second text counts when a comma or nothing came before. */
const wantedIn: Readonly<Record<string, readonly [string, string?]>> = {
  LabelMatchers: ['"," or "}"', 'a label matcher or "}"'],
  UnquotedLabelMatcher: ['one of =, !=, =~ and !~'],
  QuotedLabelMatcher: ['one of =, !=, =~ and !~'],
  GroupingLabels: ['"," or ")"', 'a label name or ")"'],
  AggregateModifier: [labelNames],
  AggregateExpr: ['"(", by or without'],
  FunctionCallBody: ['"," or ")"', 'an argument'],
  ParenExpr: ['an operator or ")"', operand],
  MatrixSelector: ['":" or "]"', duration],
  SubqueryExpr: ['"]"', `${duration} or "]"`],
  OffsetExpr: [duration],
  OffsetDurationExpr: [duration],
  DurationExpr: [duration],
  NumberDurationLiteralInDurationContext: [duration],
  StepInvariantExpr: ['a timestamp in seconds, start() or end()'],
  MatchingModifierClause: ['an expression, group_left or group_right', labelNames],
  FillClause: ['a number in parentheses'],
  FillLeftClause: ['a number in parentheses'],
  FillRightClause: ['a number in parentheses'],
  BinaryExpr: [operand],
  UnaryOp: [operand],
  UnaryExpr: [operand],
  VectorSelector: [continuation, operand],
  PromQL: [continuation, operand],
};

const openers = new Set(['(', ',', '{', '[', ':']);

function describeWanted({ error, previous }: Stop): string {
  if (error === undefined) return continuation;
  const before = error.prevSibling?.name;
  if (before === 'MatchOp') return 'a quoted string';
  const isOpen = previous === undefined || openers.has(previous.text);
  if (!isOpen && before === undefined && error.parent?.name === 'GroupingLabels') return labelNames;
  const isFirst = isOpen || before === undefined;
  return wantedAfter(error.parent?.name, before, isFirst);
}

function wantedAfter(parent = 'PromQL', before = '', isFirst = false): string {
  if (parent === 'BinaryExpr' && before.endsWith('Expr')) return continuation;
  const [after, first = after] = wantedIn[parent] ?? [continuation];
  return isFirst ? first : after;
}
