import { parseByteSize } from '../../base/byte-size.ts';
import { GoUrlError, parseGoUrl } from '../../base/go-url.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { readDuration } from '../targets/duration.ts';
import type { KeyCheck } from './shape.ts';
import { ConfigError, asMapping, booleanOf, describeValue, isList, isNull, numberOf, textOf } from './values.ts';

/** What Go's decoder takes for each type of a field. */

function refuse(value: YamlValue, type: string): never {
  throw new ConfigError(`cannot unmarshal ${describeValue(value)} into ${type}`);
}

/** @throws {ConfigError} when the value is no scalar. */
export const text = (value: YamlValue): string => textOf(value) ?? refuse(value, 'string');

export const boolean: KeyCheck = (value) => booleanOf(value) ?? refuse(value, 'bool');

/** A number with a fraction is cut by Go. */
export const integer: KeyCheck = (value) => {
  if (!((numberOf(value) ?? Infinity) <= 2 ** 63)) refuse(value, 'int');
};

export const float: KeyCheck = (value) => numberOf(value) ?? refuse(value, 'float64');

/** A number with a fraction is cut by Go, a negative one is refused. */
export const count: KeyCheck = (value) => {
  const number = numberOf(value);
  if (number === undefined || number < 0 || number > 2 ** 64) refuse(value, 'uint');
};

export const duration: KeyCheck = (value) => {
  const read = readDuration(text(value));
  if ('problem' in read) throw new ConfigError(read.problem);
};

export const bytes: KeyCheck = (value) => {
  const written = text(value);
  try {
    parseByteSize(written);
  } catch (error) {
    throw new ConfigError(`units: unknown unit in ${written}`, { cause: error });
  }
};

export const url: KeyCheck = (value) => {
  parseUrl(text(value));
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

/** Whatever it holds. */
export const anything: KeyCheck = () => undefined;

export const texts: KeyCheck = (value) => {
  if (!isList(value)) refuse(value, '[]string');
  for (const one of value) if (!isNull(one)) text(one);
};

export const textMap: KeyCheck = (value) => {
  for (const one of Object.values(asMapping(value, 'map[string]string'))) if (!isNull(one)) text(one);
};

export const textsMap: KeyCheck = (value, context) => {
  for (const one of Object.values(asMapping(value, 'url.Values'))) if (!isNull(one)) texts(one, context);
};

/** One of these words, as they are written. */
export const oneOf =
  (words: readonly string[], explain: (found: string) => string): KeyCheck =>
  (value) => {
    const found = text(value);
    if (!words.includes(found)) throw new ConfigError(explain(found));
  };
