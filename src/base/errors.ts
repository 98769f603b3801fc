/** Words and classes for what goes wrong; see ARCHITECTURE.md, "Three kinds of wrong". */

/** A failure that trying again cannot mend: it is counted and shown, never retried. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}

/** The message of anything that was thrown, with the messages of its causes behind colons. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const text = error.message === '' ? error.name : error.message;
  return cause instanceof Error && !text.includes(cause.message) ? `${text}: ${describeError(cause)}` : text;
}
