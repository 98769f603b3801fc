import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { readGroupNames } from './go-regexp/group-names.ts';
import { translateToNative } from './go-regexp/native.ts';
import { measureRepetition } from './go-regexp/repetition.ts';
import { isReference, parseTemplate, resolveGroups } from './go-regexp/template.ts';
import { longestNativeText, mostRepeated, mostUnicodeClasses } from './limits.ts';

/** The text matched by each group, [0] by all; undefined for a group that took no part. */
export type GoMatch = readonly (string | undefined)[];

/** A replacement template, resolved for one expression. */
export interface GoTemplate {
  /** What every match gives, when the template refers to no group. */
  readonly constant: string | undefined;
  expand(match: GoMatch): string;
}

export interface AnchoredOptions {
  /** Whether a dot matches "\n"; true when absent, as in Prometheus 3. */
  readonly dotNewline?: boolean;
}

/** Alternatives without any special character, perhaps in one group: compared as text, never compiled. */
const literalAlternatives = /^(\()?([\w:/ ;,=@%-]*(?:\|[\w:/ ;,=@%-]*)*)(\))?$/;
const unicodeClass = /\\[pP]/;
const loneSurrogate = /\p{Surrogate}/u;

/** Matches a whole text. */
interface Engine {
  matches(text: string): boolean;
  match(text: string): GoMatch | undefined;
}

function createLiteralEngine(alternatives: ReadonlySet<string>, captures: boolean): Engine {
  return {
    matches: (text) => alternatives.has(text),
    match: (text) => (alternatives.has(text) ? (captures ? [text, text] : [text]) : undefined),
  };
}

function createNativeEngine(expression: RegExp, createSlow: () => Engine): Engine {
  let slow: Engine | undefined;
  const getSlow = (): Engine => (slow ??= createSlow());
  return {
    matches: (text) => (text.length <= longestNativeText ? expression.test(text) : getSlow().matches(text)),
    match: (text) => (text.length <= longestNativeText ? (expression.exec(text) ?? undefined) : getSlow().match(text)),
  };
}

/** @throws {RE2JSException} when `pattern` is no RE2 expression. */
function createRe2Engine(pattern: string): Engine {
  const compiled = compileRe2(pattern);
  return {
    matches: (text) => compiled.test(text),
    match: (text) => {
      // Groups are found many times slower than whether there is a match at all.
      if (!compiled.test(text)) return undefined;
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? undefined);
    },
  };
}

/** RE2JS has no code for it. */
const duplicateName = 'duplicate capture group name';

/** Go accepts several groups of one name, RE2JS does not: names are of no use to it, as templates are resolved here. */
function compileRe2(pattern: string): RE2JS {
  if (loneSurrogate.test(pattern)) throw new RE2JSSyntaxException('invalid UTF-8');
  if (measureRepetition(pattern) > mostRepeated)
    throw new RE2JSSyntaxException(`repetitions stand for more than ${mostRepeated} characters`);
  if (pattern.split(unicodeClass).length - 1 > mostUnicodeClasses)
    throw new RE2JSSyntaxException(`more than ${mostUnicodeClasses} Unicode classes`);
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException) || error.error !== duplicateName) throw error;
    return RE2JS.compile(readGroupNames(pattern).unnamed);
  }
}

/** What is wrong, and in which part of the pattern. */
function describeFault(error: Error): string {
  const fault = error instanceof RE2JSException ? error : error.cause;
  if (!(fault instanceof RE2JSSyntaxException)) return error.message;
  const part = fault.getPattern() ?? '';
  return part === '' ? fault.error : `${fault.error}: \`${part}\``;
}

function createEngine(pattern: string, dotNewline: boolean): Engine {
  const wrapped = `^(?${dotNewline ? 's' : ''}:${pattern})$`;
  const [, open, alternatives, close] = literalAlternatives.exec(pattern) ?? [];
  if (alternatives !== undefined && open === close?.replace(')', '(')) {
    return createLiteralEngine(new Set(alternatives.split('|')), open !== undefined);
  }
  const native = translateToNative(pattern, dotNewline);
  if (native === undefined || loneSurrogate.test(pattern)) return createRe2Engine(wrapped);
  const expression = new RegExp(`^(?:${native})$`, 'u');
  return createNativeEngine(expression, () => createRe2Engine(wrapped));
}

/**
 * A regular expression in RE2 syntax as Prometheus uses it: it must match the whole text, and a dot matches newlines too
 * (docs/reference/discovery.md 4.7). Linear in the length of the text.
 */
export class GoRegexp {
  readonly #engine: Engine;
  readonly #pattern: string;
  #names: readonly (string | undefined)[] | undefined;

  private constructor(pattern: string, engine: Engine) {
    this.#pattern = pattern;
    this.#engine = engine;
  }

  /**
   * The form of PromQL: the bare pattern must be an expression by itself.
   *
   * @throws {SyntaxError} when `pattern` is no RE2 expression.
   */
  static compile(pattern: string): GoRegexp {
    try {
      if (translateToNative(pattern, true) === undefined) compileRe2(pattern);
      return GoRegexp.compileAnchored(pattern);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new SyntaxError(`Cannot parse regular expression "${pattern}": ${describeFault(error)}`, { cause: error });
    }
  }

  /**
   * The form of relabelling: the wrapper is added as text, so that `a)|(b` is an expression and is anchored on one side
   * of each alternative only.
   *
   * @throws {SyntaxError} with Go's message, such as "error parsing regexp: missing closing ): `^(?s:()$`".
   */
  static compileAnchored(pattern: string, options: AnchoredOptions = {}): GoRegexp {
    try {
      return new GoRegexp(pattern, createEngine(pattern, options.dotNewline ?? true));
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      throw new SyntaxError(error.message, { cause: error });
    }
  }

  /** True when the whole of `text` matches. */
  matches(text: string): boolean {
    return this.#engine.matches(text);
  }

  /** The groups of the leftmost-first match of the whole of `text`. */
  match(text: string): GoMatch | undefined {
    return this.#engine.match(text);
  }

  /** Resolves a template's references to this expression's groups; unknown ones give "" (docs/reference/discovery.md 4.6). */
  compileTemplate(template: string): GoTemplate {
    const pieces = parseTemplate(template);
    if (!pieces.some(isReference)) return createConstant(pieces.map((piece) => (isReference(piece) ? '' : piece.text)));
    this.#names ??= readGroupNames(this.#pattern).names;
    const names = this.#names;
    const parts = pieces.map((piece) => (isReference(piece) ? resolveGroups(piece.group, names) : piece.text));
    const expand = (match: GoMatch): string => {
      let text = '';
      for (const part of parts) text += typeof part === 'string' ? part : pickGroup(match, part);
      return text;
    };
    return { constant: undefined, expand };
  }
}

function createConstant(texts: readonly string[]): GoTemplate {
  const constant = texts.join('');
  return { constant, expand: () => constant };
}

/** The first of the groups that took part. */
function pickGroup(match: GoMatch, indexes: readonly number[]): string {
  for (const index of indexes) {
    const text = match[index];
    if (text !== undefined) return text;
  }
  return '';
}
