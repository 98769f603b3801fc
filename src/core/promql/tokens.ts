/** A word of the language as Prometheus cuts the text. Blanks and comments are no tokens. */
export interface Token {
  readonly kind: 'number' | 'word' | 'string' | 'symbol' | 'unknown';
  readonly text: string;
  readonly from: number;
}

const token =
  /(?<blank>[ \t\r\n]+|#[^\r\n]*)|(?<string>"(?:\\[^]|[^"\\\n])*["\\]?|'(?:\\[^]|[^'\\\n])*['\\]?|`[^`]*`?)|(?<number>0[xX][\da-fA-F_]*[\w.]*|(?:\d|\.\d)(?:[eE][+-]|[\w.])*)|(?<word>[A-Za-z_:][\w:]*)|(?<symbol>==|!=|<=|>=|=~|!~|<\/|>\/|[-+*/%^=<>(){}[\],@:])|(?<unknown>[^])/uy;

const kinds = ['number', 'word', 'string', 'symbol'] as const;

/** The tokens of `text`. Inside brackets a colon parts two durations, elsewhere it belongs to names. */
export function* readTokens(text: string): Generator<Token> {
  const scanner = new RegExp(token);
  let brackets = 0;
  for (let found = scanner.exec(text); found !== null; found = scanner.exec(text)) {
    const { groups, index } = found;
    if (groups?.['blank'] !== undefined) continue;
    let kind: Token['kind'] = kinds.find((one) => groups?.[one] !== undefined) ?? 'unknown';
    let [word] = found;
    if (kind === 'word' && word.startsWith(':') && brackets > 0) {
      [kind, word] = ['symbol', ':'];
      scanner.lastIndex = index + 1;
    }
    if (word === '[') brackets++;
    if (word === ']') brackets--;
    yield { kind, text: word, from: index };
  }
}
