/** Reading the text of one flag, as Go's flag package and the reference's own types do. */

import { isLoopbackHost } from '../../web/loopback.ts';

/** A flag's value cannot be used; `exitCode` is 2 for a text that cannot be read, 1 for values that contradict each other. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

const truths = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const lies = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Go's strconv.ParseBool. */
export function readBool(name: string, text: string): boolean {
  if (truths.has(text)) return true;
  if (lies.has(text)) return false;
  throw new OptionError(`Cannot read --${name}: "${text}" is neither true nor false`);
}

export function readFloat(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new OptionError(`Cannot read --${name}: "${text}" is not a number`);
  return value;
}

export function readCount(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new OptionError(`Cannot read --${name}: "${text}" is not a whole number above 0`);
  return value;
}

const unitsInMs: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 };

/** Go's time.ParseDuration ("1h30m", "500ms"); milliseconds. */
export function readDuration(name: string, text: string): number {
  if (text === '0') return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/gy)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new OptionError(`Cannot read --${name}: "${text}" is not a duration such as 30s or 1m30s`);
  }
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitsInMs[unit] ?? 0), 0);
}

/** The elements of all occurrences; an empty element stays, because it means "all namespaces" (docs/reference/operator-runtime.md 1.2). */
export function readSet(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.split(',').map((part) => part.trim())))].sort();
}

/** `k=v,k2=v2`; a pair without "=" cannot be read. */
export function readMap(name: string, texts: readonly string[]): Readonly<Record<string, string>> {
  const pairs = texts.flatMap((text) => (text === '' ? [] : text.split(',')));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) throw new OptionError(`Cannot read --${name}: "${pair}" is not of the form key=value`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    }),
  );
}

/** One of a fixed list of words. */
export function readChoice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new OptionError(`Cannot read --${name}: "${text}" is none of ${choices.join(', ')}`);
  return found;
}

/** An address that only this machine or pod reaches, or "". */
export function readLoopback(name: string, text: string): string {
  if (text === '') return '';
  const host = /^(\[[^\]]+\]|[^:]+):\d{1,5}$/.exec(text)?.[1];
  if (host === undefined || !isLoopbackHost(host))
    throw new OptionError(`Cannot use --${name}: "${text}" is not a loopback address such as 127.0.0.1:8081`, 1);
  return text;
}
