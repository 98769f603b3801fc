import { parseDuration } from '../../base/durations.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import type { Version } from '../../base/version.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import type { RegexpCache } from '../relabel/regexp-cache.ts';
import type { RelabelSemantics } from '../relabel/rule.ts';
import { ConfigError, asMapping, booleanOf, describeValue, isList, isNull, numberOf, textOf } from './values.ts';

/** What the verdict on a value depends on besides the value. */
export interface LoadContext {
  readonly version: Version;
  /** What `global` says of names. */
  readonly scheme: NameScheme;
  /** By what rules are judged that belong to no job. */
  readonly semantics: RelabelSemantics;
  readonly regexps: RegexpCache;
  /** Rules that were found right by these semantics. */
  readonly known: WeakSet<object>;
  /** Items of discovery that were found right, as JSON. */
  readonly knownItems: Set<string>;
}

/** Looks at the value of one key, which is not null. @throws {ConfigError} */
export type KeyCheck = (value: YamlValue, context: LoadContext) => void;

/** The keys that a mapping may have, and what must hold between them. */
export interface Shape {
  /** Name of the type in Prometheus' messages. */
  readonly type: string;
  readonly keys: ReadonlyMap<string, KeyCheck>;
  /** Whether keys that are not listed are left alone. They are refused when it is absent. */
  readonly leavesUnknown?: (context: LoadContext) => boolean;
  readonly check?: (fields: Fields, context: LoadContext) => void;
}

/** The keys of one mapping by name; null counts as absent. Only for what has been checked key by key. */
export class Fields {
  readonly #values: Readonly<Record<string, YamlValue | undefined>>;

  constructor(values: Readonly<Record<string, YamlValue | undefined>>) {
    this.#values = values;
  }

  get(key: string): YamlValue | undefined {
    const value = this.#values[key];
    return isNull(value) ? undefined : value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** "" when absent. */
  text(key: string): string {
    const value = this.get(key);
    return value === undefined ? '' : (textOf(value) ?? '');
  }

  number(key: string, absent: number): number {
    const value = this.get(key);
    return value === undefined ? absent : (numberOf(value) ?? absent);
  }

  isTrue(key: string): boolean {
    const value = this.get(key);
    return value !== undefined && booleanOf(value) === true;
  }

  /** Of a duration. */
  milliseconds(key: string, absent: number): number {
    return this.has(key) ? parseDuration(this.text(key)) : absent;
  }

  list(key: string): readonly YamlValue[] {
    const value = this.get(key);
    return value !== undefined && isList(value) ? value : [];
  }

  /** The inner mapping; one without keys when absent. */
  inside(key: string): Fields {
    return new Fields(asMapping(this.get(key) ?? null, key));
  }

  keys(): string[] {
    return Object.keys(this.#values).filter((key) => this.#values[key] !== undefined);
  }
}

/**
 * Checks a mapping key by key: only keys that are there cost anything.
 * @throws {ConfigError} with Prometheus' message, and the path to what is wrong.
 */
export function checkShape(value: YamlValue, shape: Shape, context: LoadContext): void {
  const values = asMapping(value, shape.type);
  let current: string | undefined;
  try {
    for (const key in values) {
      const inside = values[key];
      if (inside === undefined) continue;
      current = key;
      const check = shape.keys.get(key);
      if (check === undefined && shape.leavesUnknown?.(context) !== true)
        throw new ConfigError(`field ${key} not found in type ${shape.type}`);
      if (!isNull(inside)) check?.(inside, context);
    }
    current = undefined;
    shape.check?.(new Fields(values), context);
  } catch (error) {
    if (error instanceof ConfigError && current !== undefined) error.path.unshift(current);
    throw error;
  }
}

/** A mapping inside. */
export const mapping =
  (shape: Shape): KeyCheck =>
  (value, context) => {
    checkShape(value, shape, context);
  };

/** A list; `empty` is what Prometheus says of an item that is null, undefined when that is the zero of the type. */
export const listOf =
  (check: KeyCheck, empty?: string): KeyCheck =>
  (value, context) => {
    if (!isList(value)) throw new ConfigError(`cannot unmarshal ${describeValue(value)} into slice`);
    let index = 0;
    try {
      for (const one of value) {
        if (!isNull(one)) check(one, context);
        else if (empty !== undefined) throw new ConfigError(empty);
        index += 1;
      }
    } catch (error) {
      if (error instanceof ConfigError) error.path.unshift(`[${index}]`);
      throw error;
    }
  };

/** Keys that are read alike. */
export const keysOf = (check: KeyCheck, ...names: readonly string[]): [string, KeyCheck][] =>
  names.map((name) => [name, check]);

/** @throws {ConfigError} when the condition holds. */
export function refuseIf(condition: boolean, message: string): void {
  if (condition) throw new ConfigError(message);
}
