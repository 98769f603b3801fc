import type { LogFields, Logger } from '../base/logger.ts';

/** Keeps warnings and errors as lines for people, each once; says the rest nowhere. */
export function createNoteLogger(take: (note: string) => void): Logger {
  const seen = new Set<string>();
  const note = (message: string, fields: LogFields = {}): void => {
    const facts = Object.entries(fields).map(([key, value]) => `${key} ${String(value)}`);
    const line = [message, ...facts].join(', ');
    if (seen.has(line)) return;
    seen.add(line);
    take(line);
  };
  const logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: note,
    error: note,
    child: (fields) => createNoteLogger((line) => note(line, fields)),
  };
  return logger;
}
