import { RawScalar, SharedMapping } from '../../base/yaml-writer.ts';
import type { YamlMapping, YamlValue } from '../../base/yaml-writer.ts';

/** A configuration that Prometheus refuses; the message is its own where the contract gives it. */
export class ConfigError extends SyntaxError {
  override readonly name = 'ConfigError';
  /** Keys and "[index]" from the section that was read to what is wrong; as far as it is known. */
  readonly path: string[];

  constructor(message: string, options: ErrorOptions & { readonly path?: readonly string[] } = {}) {
    super(message, options);
    this.path = [...(options.path ?? [])];
  }
}

const truthy = /^(?:y|yes|on|true)$/i;
const falsy = /^(?:n|no|off|false)$/i;
/** As Go writes them: decimal, octal with a leading 0 or 0o, hexadecimal, binary; underscores are ignored. */
const integer = /^[-+]?(?:0[bB][01_]+|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)$/;
const exponent = /^\+?\d+e\+?\d+$/i;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinity = /^[-+]?\.inf$/i;

/** Whether a value is YAML's null, in any spelling. */
export function isNull(value: YamlValue | undefined): value is null | undefined {
  // Most values are texts.
  if (typeof value !== 'object') return value === undefined;
  return value === null || (value instanceof RawScalar && /^(?:~|null|)$/i.test(value.source));
}

export function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Text of a scalar as it is written, whatever type YAML would give it; undefined for lists and maps. */
export function textOf(value: YamlValue): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof RawScalar) return value.source;
  return typeof value === 'object' ? undefined : String(value);
}

/** Undefined for what is no boolean, quoted words too. */
export function booleanOf(value: YamlValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const source = value instanceof RawScalar ? value.source : '';
  if (truthy.test(source)) return true;
  return falsy.test(source) ? false : undefined;
}

/** The integer in a plain scalar; undefined for all else, quoted numbers too. */
export function integerOf(value: YamlValue): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (!(value instanceof RawScalar)) return undefined;
  const text = value.source.replaceAll('_', '');
  if (exponent.test(text) && Number.isSafeInteger(Number(text))) return BigInt(Number(text));
  if (!integer.test(value.source)) return undefined;
  const digits = text.replace(/^[-+]/, '');
  const number = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? -number : number;
}

/** The number in a plain scalar, rounded to what a float holds; undefined for all else, quoted numbers too. */
export function numberOf(value: YamlValue): number | undefined {
  if (typeof value === 'number') return value;
  const whole = integerOf(value);
  if (whole !== undefined) return Number(whole);
  if (!(value instanceof RawScalar)) return undefined;
  if (infinity.test(value.source)) return value.source.startsWith('-') ? -Infinity : Infinity;
  return float.test(value.source) ? Number(value.source) : undefined;
}

/** @throws {ConfigError} when the value is no mapping; null is an empty one. */
export function asMapping(value: YamlValue, type: string): Readonly<Record<string, YamlValue | undefined>> {
  if (value instanceof SharedMapping) return value.fields;
  if (isNull(value)) return {};
  if (typeof value !== 'object' || isList(value) || value instanceof RawScalar)
    throw new ConfigError(`cannot unmarshal ${describeValue(value)} into ${type}`);
  return isMap(value) ? Object.fromEntries(value) : value;
}

const isMap = (value: YamlMapping): value is ReadonlyMap<string, YamlValue> => value instanceof Map;

/** A value in a message: its text, or what it is. */
export function describeValue(value: YamlValue): string {
  if (isList(value)) return '!!seq';
  const text = textOf(value);
  return text === undefined ? '!!map' : `"${text}"`;
}
