import { compilePattern } from '../../api/validation/pattern.ts';

/** Patterns of schemas, in Go's syntax; each is compiled once. */
export class Patterns {
  readonly #compiled = new Map<string, (text: string) => boolean>();

  /** @throws {SyntaxError} when the pattern is none. */
  matches(pattern: string, text: string): boolean {
    let test = this.#compiled.get(pattern);
    if (test === undefined) {
      test = compilePattern(pattern);
      this.#compiled.set(pattern, test);
    }
    return test(text);
  }
}
