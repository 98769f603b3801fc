import type { Token } from './tokens.ts';
import { readTokens } from './tokens.ts';

/** Symbols after which an operand must come. */
const beforeOperand = new Set(['(', ',', '+', '-', '*', '/', '%', '^', '==', '!=', '<=', '>=', '<', '>', '</', '>/']);
const beforeOperandWords = new Set(['and', 'or', 'unless', 'atan2', 'bool', 'group_left', 'group_right']);
/** Words after which label names or a number come in parentheses; behind those of operators an operand comes. */
const beforeGrouping = new Set('by without on ignoring group_left group_right fill fill_left fill_right'.split(' '));
/** Words of duration expressions, which Prometheus takes in any case. */
const durationWords = new Set(['step', 'range', 'max_of', 'min_of']);
/** Functions that the grammar does not know, with one of the same length that it does. */
const unknownFunctions: Readonly<Record<string, string>> = { max_of: 'absent', min_of: 'absent' };

/** Where a token stands: among which tokens, as which of them. */
interface Place {
  readonly tokens: readonly Token[];
  readonly index: number;
  readonly inGrouping: boolean;
  /** Right behind the parentheses of on, ignoring, a group modifier or fill. */
  readonly isMatched: boolean;
  readonly inBrackets: boolean;
}

/**
 * Replaces what Prometheus accepts and the grammar does not (`5.`, `0X1F`, a metric called "offset", `by (a:b)`,
 * `max_of()`, comments that end at a carriage return) by words of the same length that the grammar reads alike.
 * Positions stay true, so the tree fits the original text. Only needed when the grammar refuses a text.
 */
export function respell(text: string): string {
  const tokens = [...readTokens(text)];
  let respelled = '';
  let opener: string | undefined;
  let matchedAt = -1;
  let brackets = 0;
  for (const [index, token] of tokens.entries()) {
    respelled += text
      .slice(respelled.length, token.from)
      .replace(/#[^\r\n]*/g, (comment) => ' '.repeat(comment.length));
    if (token.text === '(') opener = findOpener(tokens[index - 1]);
    else if (token.text === ')') {
      if (opener !== undefined && opener !== 'by' && opener !== 'without') matchedAt = index + 1;
      opener = undefined;
    } else if (token.text === '[') brackets++;
    else if (token.text === ']') brackets--;
    const place = { inGrouping: opener !== undefined, isMatched: matchedAt === index, inBrackets: brackets > 0 };
    respelled += respellToken(token, { tokens, index, ...place });
  }
  return respelled;
}

/** The word before a parenthesis, when it makes it one of label names. */
function findOpener(previous: Token | undefined): string | undefined {
  const word = previous?.kind === 'word' ? previous.text.toLowerCase() : '';
  return beforeGrouping.has(word) ? word : undefined;
}

function respellToken(token: Token, place: Place): string {
  const { text } = token;
  if (token.kind === 'number') return respellNumber(text);
  if (token.kind !== 'word') return text;
  if (place.inGrouping) return text.replaceAll(':', '_');
  if (text.toLowerCase() === 'offset' && isOperandPlace(place)) return '_'.repeat(text.length);
  return place.tokens[place.index + 1]?.text === '(' ? respellFunction(text, place) : text;
}

function respellFunction(text: string, { tokens, index, inBrackets }: Place): string {
  const word = text.toLowerCase();
  const previous = tokens[index - 1]?.text ?? '';
  const before = previous === '-' || previous === '+' ? tokens[index - 2]?.text : previous;
  if (inBrackets || before?.toLowerCase() === 'offset') return durationWords.has(word) ? word : text;
  return unknownFunctions[text] ?? text;
}

function isOperandPlace({ tokens, index, isMatched }: Place): boolean {
  const previous = tokens[index - 1];
  if (isMatched || previous === undefined || beforeOperand.has(previous.text)) return true;
  // "and offset 5m" may be a metric called "and" with an offset.
  return beforeOperandWords.has(previous.text.toLowerCase()) && tokens[index + 1]?.kind !== 'number';
}

/** Only spellings that the grammar refuses; what is no number at all stays, to be refused. */
function respellNumber(text: string): string {
  const odd = /^(?:\d+(?:_\d+)*\.(?:[eE][+-]?\d+)?|0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*)$/;
  return odd.test(text) ? '1'.repeat(text.length) : text;
}
