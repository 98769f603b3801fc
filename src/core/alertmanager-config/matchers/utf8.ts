import { readString } from '../../promql/literals.ts';
import type { RegexpCache } from '../../relabel/regexp-cache.ts';
import { findRegexpFault, space } from './matcher.ts';
import type { Matcher, MatcherType } from './matcher.ts';

type TokenKind = '{' | '}' | ',' | 'operator' | 'text';

interface Token {
  readonly kind: TokenKind;
  /** Of a text in quotes: what they hold. */
  readonly text: string;
}

const spaces = new RegExp(`[${space}]+`, 'uy');
const quoted = /"(?:[^"\\]|\\[^])*"/y;
const operator = /=~|=|!=|!~/y;
const unquoted = new RegExp(`[^${space}{}!=~,\\\\"'\`]+`, 'uy');

/** Undefined when there is something that is no token. */
function readTokens(input: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(input)?.[0];
  };
  while (at < input.length) {
    const blank = match(spaces);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const sign = input.charAt(at);
    const found =
      sign === '{' || sign === '}' || sign === ',' ? sign : (match(operator) ?? match(quoted) ?? match(unquoted));
    if (found === undefined) return undefined;
    const token = toToken(found);
    if (token === undefined) return undefined;
    tokens.push(token);
    at += found.length;
  }
  return tokens;
}

function toToken(found: string): Token | undefined {
  if (found === '{' || found === '}' || found === ',') return { kind: found, text: found };
  if (/^[=!]/.test(found)) return { kind: 'operator', text: found };
  if (!found.startsWith('"')) return { kind: 'text', text: found };
  const literal = readString(found);
  // Escapes of bytes may give what is no UTF-8.
  return 'problem' in literal || literal.value.includes('\uFFFD') ? undefined : { kind: 'text', text: literal.value };
}

/**
 * Reads matchers by the newer grammar, in which names and values may be any UTF-8 text; braces and a last comma are optional.
 * Undefined when they are none, or when a regular expression is wrong.
 */
export function parseUtf8Matchers(input: string, regexps: RegexpCache): Matcher[] | undefined {
  const tokens = readTokens(input);
  if (tokens === undefined) return undefined;
  const hasOpen = tokens[0]?.kind === '{';
  const hasClose = tokens.at(-1)?.kind === '}';
  if (hasOpen !== hasClose || (hasOpen && tokens.length < 2)) return undefined;
  return readMatchers(hasOpen ? tokens.slice(1, -1) : tokens, regexps);
}

function readMatchers(tokens: readonly Token[], regexps: RegexpCache): Matcher[] | undefined {
  const matchers: Matcher[] = [];
  for (let at = 0; at < tokens.length; at += 4) {
    const [name, sign, value, comma] = tokens.slice(at, at + 4);
    if (name?.kind !== 'text' || sign?.kind !== 'operator' || value?.kind !== 'text') return undefined;
    if (comma !== undefined && comma.kind !== ',') return undefined;
    const matcher: Matcher = { name: name.text, type: sign.text as MatcherType, value: value.text };
    if (findRegexpFault(matcher, regexps) !== undefined) return undefined;
    matchers.push(matcher);
  }
  return matchers;
}
