/** Label selectors in the form of a query parameter, as the API server reads them (docs/reference/discovery.md 2.5). */

/** Whether an object with these labels is selected. */
export type LabelPredicate = (labels: Readonly<Record<string, string>>) => boolean;

type Operator = 'in' | 'notin' | '=' | '==' | '!=' | '>' | '<';

/** Words and signs, in the order in which they are tried. */
const token = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)/y;
const keyPattern = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const valuePattern = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** No label has a longer value. */
const integerPattern = /^[-+]?\d{1,63}$/;
const isWord = (text: string | undefined): text is string => text !== undefined && !/^[=!(),<>]/.test(text);

class SelectorReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = splitTokens(text);
  }

  readAll(): LabelPredicate[] {
    const all: LabelPredicate[] = [];
    if (this.#peek() === undefined) return all;
    for (;;) {
      all.push(this.#readRequirement());
      const next = this.#take();
      if (next === undefined) return all;
      if (next !== ',') throw unexpected(next, "',' or 'end of string'");
      if (this.#peek() !== '!' && !isWord(this.#peek())) throw unexpected(this.#peek(), "identifier after ','");
    }
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #take(): string | undefined {
    const found = this.#peek();
    this.#at += 1;
    return found;
  }

  #readRequirement(): LabelPredicate {
    const isNegated = this.#peek() === '!';
    if (isNegated) this.#at += 1;
    const key = this.#take();
    if (!isWord(key)) throw unexpected(key, isNegated ? 'identifier' : "!, identifier, or 'end of string'");
    if (!keyPattern.test(key)) throw new SyntaxError(`unable to parse requirement: invalid label key "${key}"`);
    if (isNegated) return (labels) => !Object.hasOwn(labels, key);
    const next = this.#peek();
    if (next === undefined || next === ',') return (labels) => Object.hasOwn(labels, key);
    const operator = this.#readOperator();
    const values = operator === 'in' || operator === 'notin' ? this.#readValues() : [this.#readValue()];
    return compileRequirement(key, operator, values);
  }

  #readOperator(): Operator {
    const found = this.#take();
    if (found === 'gt') return '>';
    if (found === 'lt') return '<';
    const operator = (['in', 'notin', '=', '==', '!=', '>', '<'] as const).find((one) => one === found);
    if (operator === undefined) throw unexpected(found, 'in, notin, =, ==, !=, gt, lt');
    return operator;
  }

  /** One value; nothing before a comma or the end is the empty one. */
  #readValue(): string {
    const next = this.#peek();
    if (next === undefined || next === ',') return '';
    this.#at += 1;
    if (!isWord(next)) throw unexpected(next, 'identifier');
    return next;
  }

  /** Values in parentheses; nothing between commas is the empty one. */
  #readValues(): string[] {
    const open = this.#take();
    if (open !== '(') throw unexpected(open, "'('");
    const values: string[] = [];
    for (;;) {
      values.push(isWord(this.#peek()) ? (this.#take() ?? '') : '');
      const next = this.#take();
      if (next === ')') return values;
      if (next !== ',') throw unexpected(next, "',', ')' or identifier");
    }
  }
}

function splitTokens(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) tokens.push(found[1] ?? '');
  return tokens;
}

function unexpected(found: string | undefined, expected: string): SyntaxError {
  return new SyntaxError(`unable to parse requirement: found '${found ?? ''}', expected: ${expected}`);
}

function compileRequirement(key: string, operator: Operator, values: readonly string[]): LabelPredicate {
  for (const value of values) {
    if (!valuePattern.test(value))
      throw new SyntaxError(`unable to parse requirement: values: Invalid value: "${value}" of key "${key}"`);
  }
  const has = (labels: Readonly<Record<string, string>>): boolean => Object.hasOwn(labels, key);
  const isListed = (labels: Readonly<Record<string, string>>): boolean =>
    has(labels) && values.includes(labels[key] ?? '');
  if (operator === 'notin' || operator === '!=') return (labels) => !isListed(labels);
  if (operator !== '>' && operator !== '<') return isListed;
  const [bound = ''] = values;
  if (!integerPattern.test(bound))
    throw new SyntaxError("unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer");
  const limit = BigInt(bound.replace(/^\+/, ''));
  return (labels) => {
    const value = has(labels) ? (labels[key] ?? '') : '';
    if (!integerPattern.test(value)) return false;
    const number = BigInt(value.replace(/^\+/, ''));
    return operator === '>' ? number > limit : number < limit;
  };
}

/**
 * Reads a selector such as "app=web,tier in (a, b),!old"; "" selects everything.
 *
 * @throws {SyntaxError} with the API machinery's message.
 */
export function parseLabelSelector(text: string): LabelPredicate {
  const requirements = new SelectorReader(text).readAll();
  return (labels) => requirements.every((matches) => matches(labels));
}
