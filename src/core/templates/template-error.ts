/** A template that Go cannot parse: the first fault. */
export class TemplateError extends SyntaxError {
  override readonly name = 'TemplateError';
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong there; it may quote the template. */
  readonly problem: string;

  constructor(line: number, problem: string) {
    super(`Cannot parse template: line ${line}: ${problem}`);
    this.line = line;
    this.problem = problem;
  }
}
