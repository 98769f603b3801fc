/** Logging as a value: whatever has something to say is given a Logger; only the composition root knows where lines go. */

/** Facts of a log line. Keys are camelCase; an `error` key holds a message, never a stack or a credential. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Messages are constant sentences (capital first, no full stop); what varies goes into `fields`. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to each of its lines. */
  child(fields: LogFields): Logger;
}

/** Says nothing: for tests and for programs that print their own story. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
