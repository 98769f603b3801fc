import { TemplateError } from './template-error.ts';
export type TemplateTokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'word'
  | 'keyword'
  | 'literal'
  | 'nil'
  | 'dot'
  | 'field'
  | 'variable'
  | 'pipe'
  | 'assign'
  | '('
  | ')'
  | 'other'
  | 'end of text';

/** A piece of a template. `text` outside of actions is one token; `line` counts from 1. */
export interface TemplateToken {
  readonly kind: TemplateTokenKind;
  readonly text: string;
  readonly line: number;
}

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);

const open = /\{\{(?:-(?=[ \t\r\n]))?/y;
const comment = /\{\{(?:-[ \t\r\n])?\/\*/y;
const close = /(?:[ \t\r\n]-)?\}\}/y;
/** What may follow a name without a blank. */
const terminator = /[ \t\r\n.,|:()]|\}\}|$/y;
const number =
  /[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*|0[bB][01_]*|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/y;

/** Inside of an action, in the order in which they are tried; a blank before a trim marker belongs to the marker. */
const patterns: readonly (readonly [TemplateTokenKind, RegExp])[] = [
  ['space', /[ \t\r\n]+(?=[ \t\r\n]-\}\})|[ \t\r\n]+/y],
  ['literal', /"(?:\\[^\n]|[^"\\\n])*"|`[^`]*`|'(?:\\[^\n]|[^'\\\n])*'/y],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['literal', /(?=[+\-\d]|\.\d)/y],
  ['field', /\.[\p{L}\p{Nd}_]+/uy],
  ['dot', /\./y],
  ['word', /[\p{L}\p{Nd}_]+/uy],
  ['assign', /:?=/y],
  ['pipe', /\|/y],
  ['(', /\(/y],
  [')', /\)/y],
  ['other', /[!-~]/y],
];

/** Where one begins and no literal was read, it has no end: reading on would look for an end at each quote again. */
const quotes = new Set(['"', '`', "'"]);

const names = new Set<TemplateTokenKind>(['word', 'field', 'dot', 'variable']);

/** Cuts a template; positions are kept as line numbers only. */
class TemplateScanner {
  readonly tokens: TemplateToken[] = [];
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    while (this.#at < this.#text.length) {
      const start = this.#text.indexOf('{{', this.#at);
      if (start !== this.#at) this.#push('text', this.#text.slice(this.#at, start < 0 ? undefined : start));
      if (start < 0) break;
      const opening = this.#match(comment);
      if (opening === undefined) this.#scanAction();
      else this.#skipComment(opening);
    }
    this.#push('end of text', '');
  }

  #skipComment(opening: string): void {
    const end = this.#text.indexOf('*/', this.#at + opening.length);
    if (end < 0) this.#fail('a comment is not closed with "*/}}"');
    const started = this.#at;
    this.#at = end + 2;
    const closing = this.#match(close);
    if (closing === undefined) this.#fail('a comment does not end right before "}}"');
    this.#line += countLines(this.#text.slice(started, this.#at));
    this.#at += closing.length;
  }

  #scanAction(): void {
    this.#push('open', this.#match(open) ?? '{{');
    let depth = 0;
    for (;;) {
      const closing = this.#match(close);
      if (closing !== undefined) {
        if (depth > 0) this.#fail('a "(" is not closed');
        this.#push('close', closing);
        return;
      }
      if (this.#at >= this.#text.length) this.#fail('an action is not closed with "}}"');
      const kind = this.#scanToken();
      if (kind === '(') depth++;
      if (kind === ')') depth--;
      if (depth < 0) this.#fail('found ")" without "("');
    }
  }

  #scanToken(): TemplateTokenKind {
    for (const [kind, pattern] of patterns) {
      const text = this.#match(pattern);
      if (text === undefined) continue;
      if (kind === 'other' && quotes.has(text)) this.#fail(`a string is not closed with ${text}`);
      if (kind === 'literal' && text === '') this.#scanNumber();
      else this.#push(keywords.has(text) ? 'keyword' : kindOfWord(kind, text), text);
      if (names.has(kind) && this.#match(terminator) === undefined) {
        this.#fail(`found "${this.#rest()}" right after "${text}", want a blank`);
      }
      return kind;
    }
    return this.#fail(`found character "${this.#rest()}"`);
  }

  #scanNumber(): void {
    let text = this.#match(number) ?? '';
    this.#at += text.length;
    const imaginary = /[+-]/.test(this.#rest()) ? this.#match(number) : undefined;
    if (imaginary !== undefined) {
      this.#at += imaginary.length;
      text += imaginary;
    }
    const isAlone = !/[\p{L}\p{Nd}_]/u.test(this.#rest());
    const isValid = imaginary === undefined ? isNumber(text) : imaginary.endsWith('i');
    if (!isAlone || !isValid) this.#fail(`cannot read number "${text}${isAlone ? '' : this.#rest()}"`);
    this.tokens.push({ kind: 'literal', text, line: this.#line });
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #push(kind: TemplateTokenKind, text: string): void {
    this.tokens.push({ kind, text, line: this.#line });
    this.#at += text.length;
    this.#line += countLines(text);
  }

  #rest(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #fail(problem: string): never {
    throw new TemplateError(this.#line, problem);
  }
}

function kindOfWord(kind: TemplateTokenKind, text: string): TemplateTokenKind {
  if (kind !== 'word') return kind;
  if (text === 'nil') return 'nil';
  return text === 'true' || text === 'false' ? 'literal' : kind;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

/** Each character of a number can be read in one way only, so that no text makes these go back and try again. */
const wholeNumber = /^(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?[0-7])*|[1-9](?:_?\d)*)$/;
const hexadecimalFloat = /^0[xX](?:[\da-fA-F]+(?:\.[\da-fA-F]*)?|\.[\da-fA-F]+)[pP][+-]?\d+$/;
const decimalFloat = /^(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?$/;

/** Whole numbers in Go's bases, or floats; "08" is neither, "08i" is a float with an i. */
function isNumber(text: string): boolean {
  const digits = text.replace(/^[+-]/, '').replace(/i$/, '');
  if (wholeNumber.test(digits) || hexadecimalFloat.test(digits)) return true;
  const isFloat = decimalFloat.test(digits) && Number.isFinite(Number(digits.replaceAll('_', '')));
  return isFloat && (/[.eE]/.test(digits) || text.endsWith('i'));
}

/**
 * The tokens of a Go template (text/template), the end of the text last.
 * @throws {TemplateError} at what is no token.
 */
export function readTemplateTokens(text: string): TemplateToken[] {
  const scanner = new TemplateScanner(text);
  scanner.scan();
  return scanner.tokens;
}

/** Whether nothing but blanks and comments stands before the {{end}} of a body. @param start its first token. */
export function isBlankBody(tokens: readonly TemplateToken[], start: number): boolean {
  let at = start;
  while (tokens[at]?.kind === 'text' && tokens[at]?.text.trim() === '') at++;
  if (tokens[at]?.kind === 'open') at++;
  while (tokens[at]?.kind === 'space') at++;
  return tokens[at]?.kind === 'keyword' && tokens[at]?.text === 'end';
}
