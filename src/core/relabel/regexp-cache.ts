import { GoRegexp } from '../../base/go-regexp.ts';

/** Groups of plain characters, one level deep: valid whatever they say, and by far the most. */
const plainlyValid = /^(?:[\w.;|:/ @=,-]|\([\w.;|:/ @=,-]*\))*$/;

/** Remembers which expressions are valid: thousands of monitors share a few, and compiling is what costs. */
export class RegexpCache {
  readonly #faults = new Map<string, string | undefined>();

  /** Why Prometheus refuses the expression, for users; undefined when it does not. */
  explainInvalid(pattern: string): string | undefined {
    const fault = this.findFault(pattern);
    if (fault === undefined) return undefined;
    return `Cannot parse regular expression "${pattern}": ${fault.replace(/^error parsing regexp: /, '')}`;
  }

  /** What Prometheus says of the expression; undefined when it takes it. */
  findFault(pattern: string, dotNewline = true): string | undefined {
    if (plainlyValid.test(pattern)) return undefined;
    if (this.#faults.has(pattern)) return this.#faults.get(pattern);
    const fault = compile(pattern, dotNewline);
    this.#faults.set(pattern, fault);
    return fault;
  }
}

function compile(pattern: string, dotNewline: boolean): string | undefined {
  try {
    GoRegexp.compileAnchored(pattern, { dotNewline });
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}
