/** A regular expression of JavaScript as a tree. Zero-width conditions only tell that a match can still fail. */
export type RegexpTree =
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'start' }
  | { readonly kind: 'condition' }
  | { readonly kind: 'look'; readonly inner: RegexpTree }
  | { readonly kind: 'sequence'; readonly items: readonly RegexpTree[] }
  | { readonly kind: 'alternatives'; readonly items: readonly RegexpTree[] }
  | { readonly kind: 'repeat'; readonly inner: RegexpTree; readonly least: number; readonly most: number };

const groupStart = /\((?:\?(?::|<?[=!]|<\w+>))?/y;
const character =
  /\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|[^])|\[\^?(?:\\[^]|[^\]\\])*\]|[^]/uy;
const quantifier = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y;

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): RegexpTree {
    const tree = this.#alternatives();
    if (this.#at < this.#source.length) throw new Error(`Cannot read /${this.#source}/ at ${this.#at}`);
    return tree;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #alternatives(): RegexpTree {
    const items = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      items.push(this.#sequence());
    }
    return { kind: 'alternatives', items };
  }

  #sequence(): RegexpTree {
    const items: RegexpTree[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? '')) items.push(this.#repeated());
    return { kind: 'sequence', items };
  }

  #repeated(): RegexpTree {
    const inner = this.#atom();
    const found = this.#take(quantifier);
    if (found === null) return inner;
    const [text, count, comma, bound] = found;
    if (count === undefined) {
      return { kind: 'repeat', inner, least: text[0] === '+' ? 1 : 0, most: text[0] === '?' ? 1 : Infinity };
    }
    const most = comma === undefined ? Number(count) : bound === '' ? Infinity : Number(bound);
    return { kind: 'repeat', inner, least: Number(count), most };
  }

  #atom(): RegexpTree {
    const group = this.#take(groupStart)?.[0];
    if (group !== undefined) {
      const inner = this.#alternatives();
      if (this.#source[this.#at] !== ')') throw new Error(`Cannot read /${this.#source}/ at ${this.#at}`);
      this.#at += 1;
      return /[=!]$/.test(group) ? { kind: 'look', inner } : inner;
    }
    const source = this.#take(character)?.[0] ?? '';
    if (source === '^') return { kind: 'start' };
    if (source === '$' || source === '\\b' || source === '\\B') return { kind: 'condition' };
    if (/^\\(?:[1-9]|k<)/.test(source)) throw new Error(`Cannot read /${this.#source}/: it refers to a group`);
    return { kind: 'character', source };
  }
}

/** Reads the text between the slashes. */
export function readRegexp(source: string): RegexpTree {
  return new Reader(source).read();
}
