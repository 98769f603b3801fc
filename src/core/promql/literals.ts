import { parseDuration } from '../../base/durations.ts';

/** A literal's value, or what is wrong with it. */
export type Literal<T> = { readonly value: T } | { readonly problem: string };

const simpleEscapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
};

const invalidText = 'Cannot read string: it holds a character that is not valid UTF-8';

/** The replacement character stands for bytes that were no UTF-8; a lone surrogate cannot be written as UTF-8. */
const notUtf8 = /\uFFFD|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** One escape sequence, without its backslash: octal, \x, \u, \U or one letter. */
const escape = /^(?:([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/;

/**
 * Reads a quoted string: double or single quotes with Go's escapes, or backticks, in which nothing is escaped.
 * Bytes written as escapes (`\xc3\xa9`) are joined to UTF-8; what is no UTF-8 becomes U+FFFD.
 */
export function readString(text: string): Literal<string> {
  const quote = text.charAt(0);
  if (text.length < 2 || !text.endsWith(quote)) return { problem: `Cannot read string: it has no closing ${quote}` };
  const body = text.slice(1, -1);
  if (notUtf8.test(body)) return { problem: invalidText };
  if (quote === '`') return { value: body };
  if (body.includes('\n')) return { problem: `Cannot read string: it has no closing ${quote} on its line` };
  return body.includes('\\') ? readEscapes(body, quote) : { value: body };
}

function readEscapes(body: string, quote: string): Literal<string> {
  const bytes: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let at = 0;
  while (at < body.length) {
    const backslash = body.indexOf('\\', at);
    if (backslash < 0) break;
    bytes.push(encoder.encode(body.slice(at, backslash)));
    const found = escape.exec(body.slice(backslash + 1, backslash + 10));
    if (found === null) return { problem: `Cannot read string: it has no closing ${quote}` };
    const decoded = decodeEscape(found, quote);
    if (typeof decoded === 'string') return { problem: decoded };
    bytes.push(decoded);
    at = backslash + 1 + found[0].length;
  }
  bytes.push(encoder.encode(body.slice(at)));
  return { value: new TextDecoder('utf-8', { ignoreBOM: true }).decode(joinBytes(bytes)) };
}

function decodeEscape([all, octal, hex, short, long, letter]: RegExpExecArray, quote: string): Uint8Array | string {
  if (letter !== undefined) return decodeLetter(letter, quote);
  if (octal !== undefined || hex !== undefined) {
    const byte = octal === undefined ? parseInt(hex ?? '', 16) : parseInt(octal, 8);
    return byte > 255 ? `Cannot read string: escape sequence "\\${all}" is no byte` : Uint8Array.of(byte);
  }
  const code = parseInt(short ?? long ?? '', 16);
  const isCodePoint = code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
  if (!isCodePoint) return `Cannot read string: escape sequence "\\${all}" is no Unicode code point`;
  return new TextEncoder().encode(String.fromCodePoint(code));
}

function decodeLetter(letter: string, quote: string): Uint8Array | string {
  const code = letter === quote ? quote.charCodeAt(0) : simpleEscapes[letter];
  return code === undefined ? `Cannot read string: unknown escape sequence "\\${letter}"` : Uint8Array.of(code);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Each digit can be read in one way only, so that no text makes these go back and try again. */
const decimal = /^(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?$/;
const hexadecimal = /^0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/;

/** Seconds that no longer fit in 64 bits of nanoseconds. */
export const durationLimit = 2 ** 63 / 1e9;

/** Reads a number or a duration (in seconds), without sign: `1.5e3`, `0x1f`, `1_000`, `Inf`, `NaN`, `1h30m`. */
export function readNumber(text: string): Literal<number> {
  const word = text.toLowerCase();
  if (word === 'inf') return { value: Infinity };
  if (word === 'nan') return { value: NaN };
  if (hexadecimal.test(text)) return limitNumber(text, Number(text.replaceAll('_', '')), 2 ** 63);
  if (decimal.test(text)) return limitNumber(text, Number(text.replaceAll('_', '')), Infinity);
  try {
    return { value: parseDuration(text) / 1000 };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: error.message };
  }
}

function limitNumber(text: string, value: number, limit: number): Literal<number> {
  return value < limit ? { value } : { problem: `Cannot read number "${text}": it is too large` };
}
