import { createLogger, format, transports } from 'winston';
import type { Logger as WinstonLogger } from 'winston';
import type { Logger } from '../base/logger.ts';
import type { LogLevel } from './options/program-options.ts';

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'logfmt' | 'json';
  /** Where the lines go; the process' stdout when left out. */
  readonly stream?: NodeJS.WritableStream;
}

/** A value as logfmt writes it: quoted as soon as it holds a space, a quote, an equals sign or a control character. */
function formatValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s"=\\\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
}

/** Keys in the order of the reference: ts, level, component, msg, then the rest (docs/reference/operator-runtime.md 1.1). */
function orderFields(info: Record<string, unknown>): [string, unknown][] {
  const { level, message, component, ts, ...rest } = info;
  const head: [string, unknown][] = [
    ['ts', ts],
    ['level', level],
    ['component', component],
    ['msg', message],
  ];
  return [...head, ...Object.entries(rest)].filter(([, value]) => value !== undefined);
}

const stamp = format((info) => ({ ...info, ts: new Date().toISOString() }));

const logfmt = format.printf((info) =>
  orderFields(info)
    .map(([key, value]) => `${key}=${formatValue(value)}`)
    .join(' '),
);

const json = format.printf((info) => JSON.stringify(Object.fromEntries(orderFields(info))));

/** winston has no "all" and "none": all is debug, none is silent. */
const winstonLevels: Readonly<Record<LogLevel, string>> = {
  all: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  none: 'error',
};

function wrap(winston: WinstonLogger): Logger {
  return {
    debug: (message, fields) => void winston.debug(message, fields),
    info: (message, fields) => void winston.info(message, fields),
    warn: (message, fields) => void winston.warn(message, fields),
    error: (message, fields) => void winston.error(message, fields),
    child: (fields) => wrap(winston.child(fields)),
  };
}

/** The process' logger, and how much it says, which may change while it runs. */
export interface Log {
  readonly logger: Logger;
  level(): LogLevel;
  setLevel(level: LogLevel): void;
  /** Says everything, or again what was asked for at the start. */
  toggleDebug(): void;
}

/** One line an entry on stdout, constant message, variables as keys; loggers made from it follow its level. */
export function createLog(options: LogOptions): Log {
  const stream = options.stream ?? process.stdout;
  const winston = createLogger({
    level: winstonLevels[options.level],
    silent: options.level === 'none',
    format: format.combine(stamp(), options.format === 'json' ? json : logfmt),
    transports: [new transports.Stream({ stream })],
  });
  const logger = wrap(winston);
  let current = options.level;
  const setLevel = (level: LogLevel): void => {
    current = level;
    winston.level = winstonLevels[level];
    winston.silent = level === 'none';
    logger.info('Log level was changed', { to: level });
  };
  return {
    logger,
    level: () => current,
    setLevel,
    toggleDebug: () => setLevel(current === 'debug' ? options.level : 'debug'),
  };
}
