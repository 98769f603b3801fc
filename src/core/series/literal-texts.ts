import { mostRangeValues } from '../limits.ts';

/** Characters that stand for themselves in an expression. */
const plain = /[\w:/ ;,=@%-]/;

/**
 * All texts that an anchored expression of literals, groups and alternatives matches, such as `(web|db);true`; undefined when it
 * has anything else, or when they are more than `mostRangeValues`.
 */
export function listTexts(regex: string): readonly string[] | undefined {
  const reader = new TextReader(regex);
  const texts = reader.readAlternatives();
  return texts !== undefined && reader.isAtEnd && texts.length <= mostRangeValues ? texts : undefined;
}

class TextReader {
  readonly #regex: string;
  #at = 0;

  constructor(regex: string) {
    this.#regex = regex;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#regex.length;
  }

  readAlternatives(): string[] | undefined {
    const texts: string[] = [];
    do {
      const sequence = this.#readSequence();
      if (sequence === undefined || texts.length + sequence.length > mostRangeValues) return undefined;
      texts.push(...sequence);
    } while (this.#take('|'));
    return texts;
  }

  #readSequence(): string[] | undefined {
    let texts = [''];
    while (!this.isAtEnd && !'|)'.includes(this.#peek())) {
      const item = this.#readItem();
      if (item === undefined || texts.length * item.length > mostRangeValues) return undefined;
      texts = texts.flatMap((text) => item.map((next) => text + next));
    }
    return texts;
  }

  #readItem(): string[] | undefined {
    if (this.#take('(')) {
      const texts = this.#peek() === '?' ? undefined : this.readAlternatives();
      return texts !== undefined && this.#take(')') ? texts : undefined;
    }
    const isEscaped = this.#take('\\');
    const character = this.#peek();
    // An escaped letter or digit is a class or a code; escaped signs stand for themselves.
    if (isEscaped ? !/[^\w\s]/.test(character) : !plain.test(character)) return undefined;
    this.#at += 1;
    return [character];
  }

  #peek(): string {
    return this.#regex.charAt(this.#at);
  }

  #take(character: string): boolean {
    const isThere = this.#peek() === character;
    if (isThere) this.#at += 1;
    return isThere;
  }
}
