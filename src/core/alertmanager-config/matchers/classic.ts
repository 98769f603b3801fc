import { refuseIf } from '../../prometheus-config/shape.ts';
import type { RegexpCache } from '../../relabel/regexp-cache.ts';
import { checkRegexp, space } from './matcher.ts';
import type { Matcher, MatcherType } from './matcher.ts';

const head = /^[\t\n\f\r ]*([a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(=~|=|!=|!~)[\t\n\f\r ]*/;
const blankText = new RegExp(`^[${space}]*$`, 'u');

/**
 * Reads matchers by the older grammar: names of letters, digits, underscores and colons, values that may go without
 * quotes, braces and a last comma optional.
 * @throws {ConfigError} with Alertmanager's message.
 */
export function parseClassicMatchers(input: string, regexps: RegexpCache): Matcher[] {
  const parts = splitAtCommas(input.replace(/^\{/, '').replace(/\}$/, ''));
  if (blankText.test(parts.at(-1) ?? '')) parts.pop();
  return parts.map((part) => checkRegexp(parseClassicMatcher(part), regexps));
}

/** Commas in quotes do not count, nor do escaped quotes. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  let isEscaped = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === ',') {
      if (isQuoted) continue;
      parts.push(text.slice(start, at));
      start = at + 1;
    } else if (character === '"' && !isEscaped) isQuoted = !isQuoted;
    else isEscaped = character === '\\' && !isEscaped;
  }
  parts.push(text.slice(start));
  return parts;
}

function parseClassicMatcher(text: string): Matcher {
  const [all = '', name, type] = head.exec(text) ?? [];
  if (name === undefined) refuseIf(true, `bad matcher format: ${text}`);
  const written = trimEnd(text.slice(all.length));
  return { name: name ?? '', type: type as MatcherType, value: readValue(written) };
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '\t\n\f\r '.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** A backslash that escapes nothing stands for itself; a quote may stand at both ends alone. */
function readValue(written: string): string {
  const isQuoted = written.startsWith('"');
  const inside = isQuoted ? written.slice(1) : written;
  const isClosed = /^(?:[^"\\]|\\[^])*"$/.test(inside);
  const body = isQuoted && isClosed ? inside.slice(0, -1) : inside;
  const isWhole = isQuoted === isClosed && !/^(?:[^"\\]|\\[^])*"/.test(body);
  refuseIf(!isWhole, `matcher value contains unescaped double quote: ${written}`);
  return body.replaceAll(/\\(["\\n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}
