import { parseByteSize } from '../../base/byte-size.ts';
import { GoUrlError, parseGoUrl } from '../../base/go-url.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { readDuration } from '../targets/duration.ts';
import type { KeyReader } from './shape.ts';
import { ConfigError, asMapping, booleanOf, describeValue, isList, isNull, numberOf, textOf } from './values.ts';

/** What Go's decoder takes for each type of a field. */

function refuse(value: YamlValue, type: string): never {
  throw new ConfigError(`cannot unmarshal ${describeValue(value)} into ${type}`);
}

/** @throws {ConfigError} when the value is no scalar. */
export const text = (value: YamlValue): string => textOf(value) ?? refuse(value, 'string');

export const boolean: KeyReader<boolean> = (value) => booleanOf(value) ?? refuse(value, 'bool');

/** A number with a fraction is cut by Go. */
export const integer: KeyReader<number> = (value) => {
  const number = numberOf(value) ?? Infinity;
  return number <= 2 ** 63 ? Math.trunc(number) : refuse(value, 'int');
};

export const float: KeyReader<number> = (value) => numberOf(value) ?? refuse(value, 'float64');

/** A number with a fraction is cut by Go, a negative one is refused. */
export const count: KeyReader<number> = (value) => {
  const number = numberOf(value) ?? -1;
  return number >= 0 && number <= 2 ** 64 ? Math.trunc(number) : refuse(value, 'uint');
};

/** Milliseconds. */
export const duration: KeyReader<number> = (value) => {
  const read = readDuration(text(value));
  if ('problem' in read) throw new ConfigError(read.problem);
  return read.ms;
};

export const bytes: KeyReader<number> = (value) => {
  const written = text(value);
  try {
    return parseByteSize(written);
  } catch (error) {
    throw new ConfigError(`units: unknown unit in ${written}`, { cause: error });
  }
};

/** As it is written. */
export const url: KeyReader<string> = (value) => {
  const written = text(value);
  parseUrl(written);
  return written;
};

/** @throws {ConfigError} when Go cannot parse it; the message does not show it, as it may hold a password. */
export function parseUrl(written: string): ReturnType<typeof parseGoUrl> {
  try {
    return parseGoUrl(written);
  } catch (error) {
    if (!(error instanceof GoUrlError)) throw error;
    throw new ConfigError(`cannot parse URL: ${error.why}`);
  }
}

/** Whatever it holds, as it is written. */
export const anything: KeyReader<YamlValue> = (value) => value;

/** Whatever it holds, with scalars as texts: what is equal does not depend on how it was read. */
export const plain: KeyReader = (value, context) => {
  if (isNull(value)) return null;
  if (isList(value)) return value.map((one) => plain(one, context));
  if (textOf(value) !== undefined) return textOf(value);
  return mapValues(value, 'map[string]interface {}', (one) => plain(one, context));
};

const textOrEmpty = (value: YamlValue): string => (isNull(value) ? '' : text(value));

export const texts: KeyReader<string[]> = (value) =>
  isList(value) ? value.map(textOrEmpty) : refuse(value, '[]string');

const mapValues = <T>(value: YamlValue, type: string, read: (value: YamlValue) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(asMapping(value, type)).map(([key, one]) => [key, read(one ?? null)]));

/** @param type its name in Prometheus' messages. */
export const textMapOf =
  (type: string): KeyReader<Record<string, string>> =>
  (value) =>
    mapValues(value, type, textOrEmpty);

export const textMap = textMapOf('map[string]string');

/** @param type its name in Prometheus' messages. */
export const textsMapOf =
  (type: string): KeyReader<Record<string, string[]>> =>
  (value, context) =>
    mapValues(value, type, (one) => (isNull(one) ? [] : texts(one, context)));

/** One of these words, as they are written. */
export const oneOf =
  <const W extends string>(words: readonly W[], explain: (found: string) => string): KeyReader<W> =>
  (value) => {
    const found = text(value);
    const word = words.find((one) => one === found);
    if (word === undefined) throw new ConfigError(explain(found));
    return word;
  };
