import { longestRelabelled } from '../limits.ts';

/** Rules made a text of a label that is too long to go on with: a few rules that double a label would fill the memory. */
export class LabelBoundError extends Error {
  override readonly name = 'LabelBoundError';

  constructor() {
    super(`Cannot relabel: a label would have more than ${longestRelabelled} characters`);
  }
}

/** The text, when it is short enough. @throws {LabelBoundError} */
export function boundLabel(text: string): string {
  if (text.length > longestRelabelled) throw new LabelBoundError();
  return text;
}
