import { readString } from '../promql/literals.ts';
import { TemplateError } from './template-error.ts';
import type { TemplateToken, TemplateTokenKind } from './template-tokens.ts';
import { isBlankBody, readTemplateTokens } from './template-tokens.ts';
import { TemplateVariables } from './variables.ts';
import { deepestTemplate } from '../limits.ts';

/** What a template may name besides Go's own functions. Variables carry their "$". */
export interface TemplateNames {
  readonly functions: ReadonlySet<string>;
  readonly variables: readonly string[];
}

const goFunctions = new Set(
  'and break call continue eq ge gt html index js le len lt ne not or print printf println slice urlquery'.split(' '),
);

const operandStart = new Set<TemplateTokenKind>(['literal', 'dot', 'field', 'word', 'nil', 'variable', '(']);
/** What can be handed on by a pipe, and not be handed to. */
const values = new Set<TemplateTokenKind>(['literal', 'dot', 'nil']);

/** How an action ends the list that it stands in, if it does. */
type Ending = 'end' | 'else' | undefined;

/** Walks the tokens of one template as Go's parser does, without building a tree. */
class TemplateParser {
  readonly #tokens: readonly TemplateToken[];
  readonly #functions: ReadonlySet<string>;
  #variables: TemplateVariables;
  /** Names of templates with something in them: others may be defined again. */
  readonly #defined = new Set<string>();
  #depth = 0;
  #rangeDepth = 0;
  #at = 0;

  constructor(tokens: readonly TemplateToken[], { functions, variables }: TemplateNames) {
    this.#tokens = tokens;
    this.#functions = functions;
    this.#variables = new TemplateVariables(['$', ...variables]);
  }

  parse(): void {
    while (this.#peek().kind !== 'end of text') {
      const { kind } = this.#next();
      if (kind !== 'open') continue;
      if (this.#isKeyword('define')) this.#parseDefinition();
      else if (this.#parseAction() !== undefined)
        this.#failAt(this.#at - 1, 'without "if", "range" or "with" before it');
    }
  }

  #parseDefinition(): void {
    this.#nextAfterSpace();
    const name = this.#parseName('define');
    this.#expect('close', 'define');
    this.#parseBody('define', name);
  }

  /** The body of a define or block: it sees none of the variables around it. */
  #parseBody(word: string, name: string): void {
    this.#descend();
    const first = this.#at;
    const [variables, rangeDepth] = [this.#variables, this.#rangeDepth];
    this.#variables = new TemplateVariables(['$']);
    this.#rangeDepth = 0;
    if (this.#parseList() !== 'end') this.#fail(`found {{else}} in {{${word}}}`);
    [this.#variables, this.#rangeDepth] = [variables, rangeDepth];
    this.#depth--;
    if (isBlankBody(this.#tokens, first)) return;
    if (this.#defined.has(name)) this.#fail(`template "${name}" is defined twice`);
    this.#defined.add(name);
  }

  /** Up to the {{end}} or {{else}} that closes the list. */
  #parseList(): 'end' | 'else' {
    for (;;) {
      const { kind } = this.#next();
      if (kind === 'end of text') this.#fail('found its end, want {{end}}');
      if (kind === 'keyword') this.#failAt(this.#at - 1, 'want "}}" behind {{else}}');
      const ending = kind === 'open' ? this.#parseAction() : undefined;
      if (ending !== undefined) return ending;
    }
  }

  #parseAction(): Ending {
    const token = this.#peekAfterSpace();
    if (token.kind !== 'keyword') {
      this.#parsePipeline('an action', 'close');
      return undefined;
    }
    this.#next();
    switch (token.text) {
      case 'end':
        this.#expect('close', 'end');
        return 'end';
      case 'else':
        if (!this.#isKeyword('if') && !this.#isKeyword('with')) this.#expect('close', 'else');
        return 'else';
      case 'if':
      case 'range':
      case 'with':
        this.#parseControl(token.text);
        return undefined;
      default:
        this.#parseStatement(token.text);
        return undefined;
    }
  }

  #parseStatement(word: string): void {
    if (word === 'break' || word === 'continue') {
      this.#expect('close', word);
      if (this.#rangeDepth === 0) this.#fail(`found {{${word}}} outside of {{range}}`);
    } else if (word === 'template') {
      this.#parseName(word);
      if (this.#peekAfterSpace().kind === 'close') this.#next();
      else this.#parsePipeline('{{template}}', 'close');
    } else if (word === 'block') {
      const name = this.#parseName(word);
      this.#parsePipeline('{{block}}', 'close');
      this.#parseBody(word, name);
    } else this.#fail(`found {{${word}}} inside of another action`);
  }

  #parseControl(word: string): void {
    this.#descend();
    const known = this.#variables.size;
    this.#parsePipeline(`{{${word}}}`, 'close', word === 'range');
    if (word === 'range') this.#rangeDepth++;
    const ending = this.#parseList();
    if (word === 'range') this.#rangeDepth--;
    if (ending === 'else') this.#parseElse(word);
    this.#variables.keep(known);
    this.#depth--;
  }

  /** `{{else if}}` and `{{else with}}` share the {{end}} of the action that they continue. */
  #parseElse(word: string): void {
    const chained = word === 'if' || word === 'with';
    if (chained && this.#isKeyword(word)) {
      this.#next();
      this.#parseControl(word);
    } else if (this.#parseList() !== 'end') this.#fail('found a second {{else}}, want {{end}}');
  }

  #parseName(word: string): string {
    const token = this.#nextAfterSpace();
    if (token.kind !== 'literal' || !/^["`]/.test(token.text))
      this.#failAt(this.#at - 1, `want the name of a {{${word}}} in quotes`);
    return this.#checkLiteral(token);
  }

  #parsePipeline(where: string, end: 'close' | ')', isRange = false): void {
    this.#parseDeclarations(where, isRange);
    for (let commands = 0; ; commands++) {
      const token = this.#peekAfterSpace();
      if (token.kind === end) {
        this.#next();
        if (commands === 0) this.#fail(`found no value in ${where}`);
        return;
      }
      if (!operandStart.has(token.kind)) this.#failAt(this.#at, `want a value in ${where}`);
      const first = this.#parseCommand();
      if (commands > 0 && first !== undefined && values.has(first))
        this.#fail('found a value behind "|", want a function');
    }
  }

  #parseDeclarations(where: string, isRange: boolean): void {
    for (let count = 1; this.#peekAfterSpace().kind === 'variable'; count++) {
      const started = this.#at;
      const variable = this.#next();
      const after = this.#peekAfterSpace();
      if (after.kind !== 'assign' && after.text !== ',') {
        this.#at = started;
        return;
      }
      this.#next();
      this.#variables.declare(variable.text);
      if (after.kind === 'assign') return;
      if (!isRange || count > 1) this.#fail(`found too many declarations in ${where}`);
      const { kind } = this.#peekAfterSpace();
      if (kind !== 'variable' && kind !== 'close' && kind !== ')') this.#fail(`want a second variable in ${where}`);
    }
  }

  /** One stage of a pipeline; tells what it starts with. */
  #parseCommand(): TemplateTokenKind | undefined {
    let first: TemplateTokenKind | undefined;
    for (;;) {
      this.#peekAfterSpace();
      const operand = this.#parseOperand();
      first ??= operand;
      const token = this.#next();
      if (token.kind === 'space') continue;
      if (token.kind === 'close' || token.kind === ')') this.#at--;
      else if (token.kind !== 'pipe') this.#failAt(this.#at - 1, 'want a blank, "|" or the end of the action');
      if (first === undefined) this.#fail('found an empty command');
      return first;
    }
  }

  #parseOperand(): TemplateTokenKind | undefined {
    const term = this.#peekAfterSpace();
    if (!operandStart.has(term.kind)) return undefined;
    this.#next();
    this.#checkTerm(term);
    const hasField = this.#peek().kind === 'field';
    if (hasField && values.has(term.kind)) this.#failAt(this.#at, `after "${term.text}", which has no fields`);
    while (this.#peek().kind === 'field') this.#next();
    return term.kind;
  }

  #checkTerm(term: TemplateToken): void {
    if (term.kind === '(') this.#parseParentheses();
    else if (term.kind === 'literal') this.#checkLiteral(term);
    else if (term.kind === 'word' && !this.#functions.has(term.text) && !goFunctions.has(term.text)) {
      this.#fail(`function "${term.text}" is unknown`);
    } else if (term.kind === 'variable' && !this.#variables.has(term.text)) {
      this.#fail(`variable "${term.text}" is unknown`);
    }
  }

  #parseParentheses(): void {
    this.#descend();
    this.#parsePipeline('parentheses', ')');
    this.#depth--;
  }

  /** Gives what a literal in quotes stands for. */
  #checkLiteral({ text }: TemplateToken): string {
    if (!/^["'`]/.test(text)) return text;
    const literal = readString(text);
    if ('problem' in literal) return this.#fail(literal.problem);
    const isCharacter = text.startsWith("'");
    if (isCharacter && !/^[^]$/u.test(literal.value)) this.#fail(`found ${text}: want one character, or double quotes`);
    return literal.value;
  }

  #descend(): void {
    if (++this.#depth > deepestTemplate) this.#fail(`it is nested too deeply, at most ${deepestTemplate} are possible`);
  }

  #isKeyword(word: string): boolean {
    const token = this.#peekAfterSpace();
    return token.kind === 'keyword' && token.text === word;
  }

  #expect(kind: TemplateTokenKind, word: string): void {
    if (this.#nextAfterSpace().kind !== kind) this.#failAt(this.#at - 1, `want "}}" to end {{${word}}}`);
  }

  #peek(): TemplateToken {
    return this.#tokens[this.#at] ?? { kind: 'end of text', text: '', line: 1 };
  }

  #next(): TemplateToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #peekAfterSpace(): TemplateToken {
    while (this.#peek().kind === 'space') this.#at++;
    return this.#peek();
  }

  #nextAfterSpace(): TemplateToken {
    this.#peekAfterSpace();
    return this.#next();
  }

  #failAt(index: number, problem: string): never {
    const token = this.#tokens[index];
    this.#fail(`found "${token?.text.trim() ?? ''}", ${problem}`);
  }

  #fail(problem: string): never {
    const line = this.#tokens[Math.min(this.#at, this.#tokens.length) - 1]?.line ?? 1;
    throw new TemplateError(line, problem);
  }
}

/**
 * Checks the syntax of a Go template (text/template) as Go parses it: actions, keywords that match, strings, numbers,
 * functions and variables that exist. Nothing is executed.
 * @throws {TemplateError} with the line.
 */
export function checkTemplate(text: string, names: TemplateNames): void {
  if (!text.includes('{{')) return;
  new TemplateParser(readTemplateTokens(text), names).parse();
}
