import type { CharacterSet } from './character-set.ts';
import { everyCharacter, negate, rangeOf, setOf, unite } from './character-set.ts';
import { isLinear } from './linear.ts';
import type { Expression } from './syntax-tree.ts';
import { isNullable, writeExpression } from './syntax-tree.ts';
import { deepestNativeGroup, longestNativePattern } from '../limits.ts';

/** One character: how JavaScript writes it, and which it may be. */
interface Single {
  readonly source: string;
  readonly set: CharacterSet;
}

const syntaxCharacter = /[\^$\\.*+?()[\]{}|/]/;
const escapablePunctuation = /[!-/:-@[-`{-~]/;

/** Perl classes, which mean ASCII in RE2. */
const perlClasses: Readonly<Record<string, Single>> = {
  d: { source: '0-9', set: rangeOf('0', '9') },
  w: { source: '0-9A-Za-z_', set: unite([rangeOf('0', '9'), rangeOf('A', 'Z'), rangeOf('a', 'z'), setOf('_')]) },
  s: { source: '\\t\\n\\f\\r ', set: setOf('\t\n\f\r ') },
};

/** Leaves the subset; never seen outside of this file. */
class OutsideSubset extends Error {}

class Parser {
  readonly #pattern: string;
  readonly #dot: Single;
  #at = 0;
  #depth = 0;

  constructor(pattern: string, dotNewline: boolean) {
    this.#pattern = pattern;
    this.#dot = dotNewline ? { source: '[^]', set: everyCharacter } : { source: '[^\\n]', set: negate(setOf('\n')) };
  }

  parse(): Expression {
    const expression = this.#alternatives();
    if (this.#at < this.#pattern.length) throw new OutsideSubset();
    return expression;
  }

  #peek(): string {
    return this.#pattern.charAt(this.#at);
  }

  #next(): string {
    const point = this.#pattern.codePointAt(this.#at);
    if (point === undefined) throw new OutsideSubset();
    const character = String.fromCodePoint(point);
    this.#at += character.length;
    return character;
  }

  #alternatives(): Expression {
    const items = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at += 1;
      items.push(this.#sequence());
    }
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: 'alternatives', items };
  }

  #sequence(): Expression {
    const items: Expression[] = [];
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#peek())) items.push(this.#quantified());
    return { kind: 'sequence', items };
  }

  #quantified(): Expression {
    const atom = this.#atom();
    const quantifier = this.#peek();
    if (quantifier === '' || !'*+?'.includes(quantifier)) return atom;
    // Iterations of groups reset captures in JavaScript, and empty ones are refused: only RE2 itself does these right.
    if (atom.kind === 'group' && (quantifier !== '?' || isNullable(atom))) throw new OutsideSubset();
    this.#at += 1;
    const lazy = this.#peek() === '?';
    if (lazy) this.#at += 1;
    if ('*+?'.includes(this.#peek()) && this.#peek() !== '') throw new OutsideSubset();
    if (quantifier === '?') return { kind: 'optional', inner: atom, lazy };
    if (atom.kind !== 'character') throw new OutsideSubset();
    const source = atom.source + quantifier + (lazy ? '?' : '');
    return { kind: 'loop', source, set: atom.set, mayBeEmpty: quantifier === '*' };
  }

  #atom(): Expression {
    const character = this.#next();
    return character === '(' ? this.#group() : { kind: 'character', ...this.#single(character) };
  }

  #single(character: string): Single {
    if (character === '.') return this.#dot;
    if (character === '[') return this.#class();
    if (character === '\\') return this.#escape();
    if (syntaxCharacter.test(character) && character !== '/') throw new OutsideSubset();
    return { source: quote(character), set: setOf(character) };
  }

  #group(): Expression {
    if (++this.#depth > deepestNativeGroup) throw new OutsideSubset();
    const isPlain = this.#pattern.startsWith('?:', this.#at);
    if (isPlain) this.#at += 2;
    else if (this.#peek() === '?') throw new OutsideSubset();
    const inner = this.#alternatives();
    if (this.#next() !== ')') throw new OutsideSubset();
    this.#depth--;
    return { kind: 'group', inner, captures: !isPlain };
  }

  #escape(): Single {
    const character = this.#next();
    const perl = perlClasses[character.toLowerCase()];
    if (perl !== undefined) {
      const isNegated = !(character in perlClasses);
      return { source: `[${isNegated ? '^' : ''}${perl.source}]`, set: isNegated ? negate(perl.set) : perl.set };
    }
    if (!escapablePunctuation.test(character)) throw new OutsideSubset();
    return { source: quote(character), set: setOf(character) };
  }

  #class(): Single {
    const isNegated = this.#peek() === '^';
    if (isNegated) this.#at += 1;
    const first = this.#at;
    const items: Single[] = [];
    for (let character = this.#next(); character !== ']' || this.#at === first + 1; character = this.#next()) {
      items.push(this.#classItem(character));
    }
    const set = unite(items.map((item) => item.set));
    const source = items.map((item) => item.source).join('');
    return { source: `[${isNegated ? '^' : ''}${source}]`, set: isNegated ? negate(set) : set };
  }

  #classItem(character: string): Single {
    if (character === '\\') return this.#classEscape();
    if (character === '-' && this.#peek() === ']') return { source: '\\-', set: setOf('-') };
    if ('[]^&-'.includes(character)) throw new OutsideSubset();
    const isRange = this.#peek() === '-' && this.#pattern.charAt(this.#at + 1) !== ']';
    if (!isRange) return { source: quoteInClass(character), set: setOf(character) };
    this.#at += 1;
    const last = this.#next();
    const range = `${character}-${last}`;
    if (!/^[0-9A-Za-z]-[0-9A-Za-z]$/.test(range) || last < character) throw new OutsideSubset();
    return { source: range, set: rangeOf(character, last) };
  }

  #classEscape(): Single {
    const escaped = this.#next();
    const perl = perlClasses[escaped];
    if (perl !== undefined) return perl;
    if (!escapablePunctuation.test(escaped) || this.#peek() === '-') throw new OutsideSubset();
    return { source: quoteInClass(escaped), set: setOf(escaped) };
  }
}

const quote = (character: string): string => (syntaxCharacter.test(character) ? `\\${character}` : character);
const quoteInClass = (character: string): string => (character === '-' ? '\\-' : quote(character));

/** The tree of a pattern of the subset in which RE2 and JavaScript agree, also on captures; undefined outside of it. */
export function parseShared(pattern: string, dotNewline: boolean): Expression | undefined {
  if (pattern.length > longestNativePattern) return undefined;
  try {
    return new Parser(pattern, dotNewline).parse();
  } catch (error) {
    if (error instanceof OutsideSubset) return undefined;
    throw error;
  }
}

/**
 * Rewrites a pattern for JavaScript's own engine, which is many times faster than RE2 in JavaScript: undefined when the two
 * could differ, or when it is not proven that any text is read in linear time.
 * To be anchored on both sides and compiled with the flag `u`.
 */
export function translateToNative(pattern: string, dotNewline: boolean): string | undefined {
  const expression = parseShared(pattern, dotNewline);
  return expression !== undefined && isLinear(expression) ? writeExpression(expression) : undefined;
}
