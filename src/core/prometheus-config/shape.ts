import { parseDuration } from '../../base/durations.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import type { Version } from '../../base/version.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import type { RegexpCache } from '../relabel/regexp-cache.ts';
import type { RelabelRule, RelabelSemantics } from '../relabel/rule.ts';
import type { KubernetesSdConfig } from '../targets/sd-config.ts';
import { ConfigError, asMapping, booleanOf, describeValue, isList, isNull, numberOf, textOf } from './values.ts';

/** What the verdict on a value depends on besides the value. */
export interface LoadContext {
  readonly version: Version;
  /** What `global` says of names. */
  readonly scheme: NameScheme;
  /** By what rules are judged that belong to no job. */
  readonly semantics: RelabelSemantics;
  readonly regexps: RegexpCache;
  /** What rules that stand in many places say, by these semantics. */
  readonly knownRules: WeakMap<object, RelabelRule>;
  /** What items of discovery say, by their JSON. */
  readonly knownItems: Map<string, KubernetesSdConfig>;
}

/** Looks at the value of one key, which is not null, and gives what it means. @throws {ConfigError} */
export type KeyReader<T = unknown> = (value: YamlValue, context: LoadContext) => T;

/** A reader whose result nobody needs. */
export type KeyCheck = KeyReader;

/** A key that a mapping may have, with its type. */
type Key = readonly [string, KeyReader];

/** What was read of a mapping with such keys: undefined is absent, null is the zero of the type. */
export type ValuesOf<K extends Key> = { readonly [One in K as One[0]]?: ReturnType<One[1]> | null };

/** The keys that a mapping may have, what must hold between them, and what they mean together. */
export interface Shape<T = unknown> {
  /** Name of the type in Prometheus' messages. */
  readonly type: string;
  readonly keys: ReadonlyMap<string, KeyReader>;
  /** Whether keys that are not listed are left alone. They are refused when it is absent. */
  readonly leavesUnknown?: (context: LoadContext) => boolean;
  readonly check?: ((fields: Fields, context: LoadContext) => void) | undefined;
  readonly read?: ((values: Readonly<Record<string, unknown>>, context: LoadContext) => T) | undefined;
}

/** A mapping, described once. */
export interface Description<K extends Key = Key, T = unknown> {
  readonly keys: readonly K[];
  /** Keys that came later than all that are listed, by the release that brought them. */
  readonly since?: Readonly<Record<string, readonly string[]>>;
  /** What must hold between keys that were found right. @throws {ConfigError} */
  readonly check?: (fields: Fields, context: LoadContext) => void;
  /** What the mapping means; defaults of absent keys stand here. @throws {ConfigError} */
  readonly read?: (values: ValuesOf<K>, context: LoadContext) => T;
}

/** The shape of a mapping as a strict decoder sees it: a key that this version does not know yet is refused. */
export function describe<const K extends Key, T = void>(
  type: string,
  { keys, since = {}, check, read }: Description<K, T>,
): Shape<T> {
  const releases = Object.entries(since);
  const checkAll: typeof check = (fields, context) => {
    for (const [release, names] of releases) if (context.version.isBelow(release)) refuseKeys(fields, names, type);
    check?.(fields, context);
  };
  return {
    type,
    keys: new Map<string, KeyReader>(keys),
    check: releases.length === 0 ? check : checkAll,
    // The reader of each key stands beside its name: the values are of these types.
    read: read as Shape<T>['read'],
  };
}

function refuseKeys(fields: Fields, names: readonly string[], type: string): void {
  const found = fields.keys().find((key) => names.includes(key));
  if (found !== undefined) throw new ConfigError(`field ${found} not found in type ${type}`, { path: [found] });
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

function leaveUnknown(key: string, shape: Shape, context: LoadContext): KeyReader {
  if (shape.leavesUnknown?.(context) === true) return () => undefined;
  throw new ConfigError(`field ${key} not found in type ${shape.type}`);
}

/** @throws what was thrown, with the way there in front. */
function failAt(error: unknown, key: string | undefined): never {
  if (error instanceof ConfigError && key !== undefined) error.path.unshift(key);
  throw error;
}

/**
 * Reads a mapping key by key: only keys that are there cost anything.
 * @throws {ConfigError} with Prometheus' message, and the path to what is wrong.
 */
export function readShape<T>(value: YamlValue, shape: Shape<T>, context: LoadContext): T {
  const written = asMapping(value, shape.type);
  const values: Record<string, unknown> | undefined = shape.read && {};
  let current: string | undefined;
  try {
    for (const key in written) {
      const inside = written[key];
      if (inside === undefined) continue;
      current = key;
      const read = shape.keys.get(key) ?? leaveUnknown(key, shape, context);
      const means = isNull(inside) ? null : read(inside, context);
      if (values !== undefined) values[key] = means;
    }
    current = undefined;
    shape.check?.(new Fields(written), context);
    return (values && shape.read?.(values, context)) as T;
  } catch (error) {
    failAt(error, current);
  }
}

/** A mapping inside. */
export const mapping =
  <T>(shape: Shape<T>): KeyReader<T> =>
  (value, context) =>
    readShape(value, shape, context);

/** A list; `empty` is what Prometheus says of an item that is null: it is the zero of the type when that is absent. */
export function listOf<T>(read: KeyReader<T>, empty: string): KeyReader<T[]>;
export function listOf<T>(read: KeyReader<T>): KeyReader<(T | null)[]>;
export function listOf<T>(read: KeyReader<T>, empty?: string): KeyReader<(T | null)[]> {
  return (value, context) => {
    if (!isList(value)) throw new ConfigError(`cannot unmarshal ${describeValue(value)} into slice`);
    const items: (T | null)[] = [];
    try {
      for (const one of value) {
        if (isNull(one) && empty !== undefined) throw new ConfigError(empty);
        items.push(isNull(one) ? null : read(one, context));
      }
    } catch (error) {
      failAt(error, `[${items.length}]`);
    }
    return items;
  };
}

/** Keys that are read alike. */
export const keysOf = <T, const N extends string>(read: KeyReader<T>, ...names: readonly N[]): [N, KeyReader<T>][] =>
  names.map((name) => [name, read]);

/** @throws {ConfigError} when the condition holds. */
export function refuseIf(condition: boolean, message: string): void {
  if (condition) throw new ConfigError(message);
}

/** Looks at something inside; what is thrown gets the way there in front. */
export function within<T>(path: readonly string[], look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof ConfigError) error.path.unshift(...path);
    throw error;
  }
}
