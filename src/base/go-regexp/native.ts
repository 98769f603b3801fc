/** A pattern of the safe subset as an expression of JavaScript, with what bounds its backtracking. */
export interface NativePattern {
  readonly source: string;
  /** Number of `*` and `+`: matching takes at most about length ** unbounded steps. */
  readonly unbounded: number;
}

interface Atom {
  readonly source: string;
  /** May match the empty text. */
  readonly nullable: boolean;
  readonly isGroup: boolean;
}

const syntaxCharacter = /[\^$\\.*+?()[\]{}|/]/;
const escapablePunctuation = /[!-/:-@[-`{-~]/;
/** Each `?` and each alternation may double the work of backtracking. */
const maxBranches = 6;
const maxUnbounded = 3;

/** Perl classes, which mean ASCII in RE2. */
const perlClasses: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: '\\t\\n\\f\\r ' };

/** Leaves the subset; never seen outside of this file. */
class OutsideSubset extends Error {}

class Translator {
  readonly #pattern: string;
  readonly #dot: string;
  #at = 0;
  #branches = 0;
  #unbounded = 0;

  constructor(pattern: string, dotNewline: boolean) {
    this.#pattern = pattern;
    this.#dot = dotNewline ? '[^]' : '[^\\n]';
  }

  translate(): NativePattern {
    const { source } = this.#alternatives();
    if (this.#at < this.#pattern.length) throw new OutsideSubset();
    if (this.#branches > maxBranches || this.#unbounded > maxUnbounded) throw new OutsideSubset();
    return { source, unbounded: this.#unbounded };
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

  #alternatives(): { source: string; nullable: boolean } {
    const sources: string[] = [];
    let nullable = false;
    for (;;) {
      const one = this.#sequence();
      sources.push(one.source);
      nullable ||= one.nullable;
      if (this.#peek() !== '|') break;
      this.#at += 1;
    }
    if (sources.length > 1) this.#branches += 1;
    return { source: sources.join('|'), nullable };
  }

  #sequence(): { source: string; nullable: boolean } {
    let source = '';
    let nullable = true;
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#peek())) {
      const atom = this.#quantified(this.#atom());
      source += atom.source;
      nullable &&= atom.nullable;
    }
    return { source, nullable };
  }

  #quantified(atom: Atom): Atom {
    const quantifier = this.#peek();
    if (quantifier === '' || !'*+?'.includes(quantifier)) return atom;
    // Iterations of groups reset captures in JavaScript, and empty ones are refused: only RE2 itself does these right.
    if (atom.isGroup && (quantifier !== '?' || atom.nullable)) throw new OutsideSubset();
    this.#at += 1;
    if (quantifier === '?') this.#branches += 1;
    else this.#unbounded += 1;
    const lazy = this.#peek() === '?' ? '?' : '';
    this.#at += lazy.length;
    if ('*+?'.includes(this.#peek()) && this.#peek() !== '') throw new OutsideSubset();
    return { source: atom.source + quantifier + lazy, nullable: quantifier !== '+' || atom.nullable, isGroup: true };
  }

  #atom(): Atom {
    const character = this.#next();
    if (character === '(') return this.#group();
    if (character === '.') return simple(this.#dot);
    if (character === '[') return simple(this.#class());
    if (character === '\\') return simple(this.#escape());
    if (syntaxCharacter.test(character) && character !== '/') throw new OutsideSubset();
    return simple(quote(character));
  }

  #group(): Atom {
    const isPlain = this.#pattern.startsWith('?:', this.#at);
    if (isPlain) this.#at += 2;
    else if (this.#peek() === '?') throw new OutsideSubset();
    const { source, nullable } = this.#alternatives();
    if (this.#next() !== ')') throw new OutsideSubset();
    return { source: `(${isPlain ? '?:' : ''}${source})`, nullable, isGroup: true };
  }

  #escape(): string {
    const character = this.#next();
    const perl = perlClasses[character.toLowerCase()];
    if (perl !== undefined) return `[${character in perlClasses ? '' : '^'}${perl}]`;
    if (!escapablePunctuation.test(character)) throw new OutsideSubset();
    return quote(character);
  }

  #class(): string {
    let source = '[';
    if (this.#peek() === '^') source += this.#next();
    const first = this.#at;
    for (let character = this.#next(); character !== ']' || this.#at === first + 1; character = this.#next()) {
      source += this.#classItem(character);
    }
    return `${source}]`;
  }

  #classItem(character: string): string {
    if (character === '\\') return this.#classEscape();
    if (character === '-' && this.#peek() === ']') return '\\-';
    if ('[]^&-'.includes(character)) throw new OutsideSubset();
    const isRange = this.#peek() === '-' && this.#pattern.charAt(this.#at + 1) !== ']';
    if (!isRange) return quoteInClass(character);
    this.#at += 1;
    const range = `${character}-${this.#next()}`;
    if (!/^[0-9A-Za-z]-[0-9A-Za-z]$/.test(range) || range.charAt(2) < character) throw new OutsideSubset();
    return range;
  }

  #classEscape(): string {
    const escaped = this.#next();
    const perl = perlClasses[escaped];
    if (perl !== undefined) return perl;
    if (!escapablePunctuation.test(escaped) || this.#peek() === '-') throw new OutsideSubset();
    return quoteInClass(escaped);
  }
}

const simple = (source: string): Atom => ({ source, nullable: false, isGroup: false });
const quote = (character: string): string => (syntaxCharacter.test(character) ? `\\${character}` : character);
const quoteInClass = (character: string): string => (character === '-' ? '\\-' : quote(character));

/**
 * Rewrites a pattern of the subset in which RE2 and JavaScript agree (also on captures); undefined outside of it.
 * To be anchored on both sides and compiled with the flag `u`.
 */
export function translateToNative(pattern: string, dotNewline: boolean): NativePattern | undefined {
  try {
    return new Translator(pattern, dotNewline).translate();
  } catch (error) {
    if (error instanceof OutsideSubset) return undefined;
    throw error;
  }
}
