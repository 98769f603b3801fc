import { parseDuration } from '../../../base/durations.ts';
import { RawScalar } from '../../../base/yaml-writer.ts';
import type { YamlValue } from '../../../base/yaml-writer.ts';
import { readDuration } from '../duration.ts';

/** A configuration that Prometheus refuses; the message is its own where the contract gives it. */
export class ConfigError extends SyntaxError {
  override readonly name = 'ConfigError';
}

const truthy = /^(?:y|yes|on|true)$/i;
const falsy = /^(?:n|no|off|false)$/i;
/** YAML 1.1: decimal, octal with a leading 0, hexadecimal, binary; underscores are ignored. */
const integer = /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)$/;
const exponent = /^\+?\d+e\+?\d+$/i;

/** Whether a value is YAML's null, in any spelling. */
export function isNull(value: YamlValue | undefined): value is null | undefined {
  if (value === null || value === undefined) return true;
  return value instanceof RawScalar && /^(?:~|null|)$/i.test(value.source);
}

function isMapping(value: YamlValue): value is Readonly<Record<string, YamlValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawScalar);
}

/** Text of a scalar as it was written, whatever type YAML would give it; undefined for lists and maps. */
function textOf(value: YamlValue): string | undefined {
  if (value instanceof RawScalar) return value.source;
  return typeof value === 'object' ? undefined : String(value);
}

/** The integer in a plain scalar; undefined for all else, quoted numbers too. */
function integerOf(value: YamlValue): bigint | undefined {
  if (!(value instanceof RawScalar)) return undefined;
  const text = value.source.replaceAll('_', '');
  if (exponent.test(text) && Number.isSafeInteger(Number(text))) return BigInt(Number(text));
  if (!integer.test(value.source)) return undefined;
  const digits = text.replace(/^[-+]/, '');
  const number = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? -number : number;
}

/**
 * One mapping of a configuration, read key by key; what nobody has read is unknown. Null is the same as the zero of the
 * type, and absent is the default.
 */
export class Section {
  readonly #values: ReadonlyMap<string, YamlValue>;
  readonly #type: string;
  readonly #known = new Set<string>();

  /** @param type the name of the mapping in errors, such as "config.ScrapeConfig". */
  constructor(value: YamlValue, type: string) {
    if (!isNull(value) && !isMapping(value)) throw new ConfigError(`cannot unmarshal ${describe(value)} into ${type}`);
    this.#values = new Map(isNull(value) ? [] : Object.entries(value));
    this.#type = type;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  get(key: string): YamlValue | undefined {
    this.#known.add(key);
    return this.#values.get(key);
  }

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  text(key: string, absent: string): string {
    const value = this.get(key);
    if (value === undefined) return absent;
    if (isNull(value)) return '';
    return textOf(value) ?? this.#refuse(value, 'string');
  }

  boolean(key: string, absent: boolean): boolean {
    const value = this.get(key);
    if (value === undefined) return absent;
    if (isNull(value)) return false;
    const source = value instanceof RawScalar ? value.source : '';
    if (truthy.test(source)) return true;
    return falsy.test(source) ? false : this.#refuse(value, 'bool');
  }

  /** An unsigned 64-bit number. */
  count(key: string): bigint {
    const value = this.get(key);
    if (isNull(value)) return 0n;
    const number = integerOf(value);
    if (number === undefined || number < 0n || number >= 1n << 64n) return this.#refuse(value, 'uint64');
    return number;
  }

  /** Milliseconds; 0 when absent. */
  duration(key: string): number {
    const value = this.get(key);
    if (isNull(value)) return 0;
    const text = textOf(value) ?? this.#refuse(value, 'model.Duration');
    const read = readDuration(text);
    if ('problem' in read) throw new ConfigError(read.problem);
    return parseDuration(text);
  }

  /** Undefined when absent or null. */
  list(key: string): readonly YamlValue[] | undefined {
    const value = this.get(key);
    if (isNull(value)) return undefined;
    return isList(value) ? value : this.#refuse(value, `[] (${key})`);
  }

  texts(key: string): readonly string[] | undefined {
    return this.list(key)?.map((one) => (isNull(one) ? '' : (textOf(one) ?? this.#refuse(one, 'string'))));
  }

  /** Undefined when absent or null. */
  section(key: string, type: string): Section | undefined {
    const value = this.get(key);
    return isNull(value) ? undefined : new Section(value, type);
  }

  /** Marks keys that are known and not looked at. */
  ignore(...keys: readonly string[]): void {
    for (const key of keys) this.#known.add(key);
  }

  /** @throws {ConfigError} when there is a key that nobody knows. */
  finish(): void {
    const unknown = this.keys().find((key) => !this.#known.has(key));
    if (unknown !== undefined) throw new ConfigError(`field ${unknown} not found in type ${this.#type}`);
  }

  #refuse(value: YamlValue, type: string): never {
    throw new ConfigError(`cannot unmarshal ${describe(value)} into ${type}`);
  }
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function describe(value: YamlValue): string {
  if (isList(value)) return '!!seq';
  const text = textOf(value);
  return text === undefined ? '!!map' : `"${text}"`;
}
