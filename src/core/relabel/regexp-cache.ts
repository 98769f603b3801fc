import { GoRegexp } from '../../base/go-regexp.ts';

/** Remembers which expressions are valid: thousands of monitors share a few, and compiling is what costs. */
export class RegexpCache {
  readonly #faults = new Map<string, string | undefined>();

  /** Why Prometheus refuses the expression, or undefined when it does not. */
  explainInvalid(pattern: string): string | undefined {
    if (this.#faults.has(pattern)) return this.#faults.get(pattern);
    const fault = findFault(pattern);
    this.#faults.set(pattern, fault);
    return fault;
  }
}

function findFault(pattern: string): string | undefined {
  try {
    GoRegexp.compileAnchored(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError)
      return `Cannot parse regular expression "${pattern}": ${error.message.replace(/^error parsing regexp: /, '')}`;
    throw error;
  }
}
