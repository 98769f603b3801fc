import { parseDuration } from '../../base/durations.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { readDuration } from '../targets/duration.ts';
import { ConfigError, asMapping, booleanOf, describeValue, integerOf, isList, isNull, textOf } from './values.ts';

/**
 * One mapping of a configuration, read key by key; what nobody has read is unknown. Null is the same as the zero of the
 * type, and absent is the default.
 */
export class Section {
  readonly #values: Readonly<Record<string, YamlValue | undefined>>;
  readonly #type: string;
  readonly #known = new Set<string>();

  /** @param type the name of the mapping in errors, such as "config.ScrapeConfig". */
  constructor(value: YamlValue, type: string) {
    this.#values = asMapping(value, type);
    this.#type = type;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#values, key) && this.#values[key] !== undefined;
  }

  get(key: string): YamlValue | undefined {
    this.#known.add(key);
    return Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
  }

  keys(): readonly string[] {
    return Object.keys(this.#values).filter((key) => this.#values[key] !== undefined);
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
    return booleanOf(value) ?? this.#refuse(value, 'bool');
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
    throw new ConfigError(`cannot unmarshal ${describeValue(value)} into ${type}`);
  }
}
