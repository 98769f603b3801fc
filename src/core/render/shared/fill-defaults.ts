import { isJsonObject } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { canonicalQuantity } from '../../../base/quantity.ts';

/**
 * What the API server makes of an object before it stores it, as a tree that follows the object's fields. Desired and
 * live objects are both brought to this form before they are compared, so that neither defaults nor spellings count.
 */
export interface Shape {
  /** Filled in when the field is absent. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Filled in when the field is absent, "" or 0: such fields cannot tell zero from unset. */
  readonly zeroDefaults?: Readonly<Record<string, unknown>>;
  /** Fields in which "", 0, false or an empty object mean the same as nothing. */
  readonly omitZero?: readonly string[];
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Of every element of a list. */
  readonly items?: Shape;
  /** A map from texts to values of one kind: quantities are compared by value. */
  readonly mapOf?: 'text' | 'quantity';
  /** A single quantity. */
  readonly quantity?: true;
  /** What depends on other fields; changes the copy that it is given. */
  readonly complete?: (object: JsonObject) => void;
}

const none: Shape = {};

function isZero(value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return true;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** The quantity's value as text; what is none stays as it is, for the API server to refuse. */
function normalizeQuantity(value: unknown, scale: number): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  try {
    return canonicalQuantity(value, scale);
  } catch {
    return value;
  }
}

/** Resource lists are kept in thousandths, rounded up. */
function normalizeMap(map: JsonObject, of: 'text' | 'quantity'): JsonObject {
  const entries = Object.entries(map).filter(([, value]) => !isAbsent(value));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, of === 'quantity' ? normalizeQuantity(value, 3) : value]),
  );
}

function addDefaults(object: JsonObject, shape: Shape): JsonObject {
  const filled: JsonObject = Object.fromEntries(Object.entries(object).filter(([, value]) => !isAbsent(value)));
  for (const [key, value] of Object.entries(shape.defaults ?? {})) filled[key] ??= value;
  for (const [key, value] of Object.entries(shape.zeroDefaults ?? {})) {
    if (filled[key] === undefined || isZero(filled[key])) filled[key] = value;
  }
  return filled;
}

function fillObject(object: JsonObject, shape: Shape): JsonObject {
  const filled = addDefaults(object, shape);
  for (const [key, value] of Object.entries(filled)) filled[key] = fillDefaults(value, shape.fields?.[key] ?? none);
  shape.complete?.(filled);
  const omitted = shape.omitZero ?? [];
  return Object.fromEntries(
    Object.entries(filled).filter(([key, value]) => !isAbsent(value) && !(omitted.includes(key) && isZero(value))),
  );
}

/** A copy of the value as the API server would store it; nulls and empty lists are left out. */
export function fillDefaults(value: unknown, shape: Shape): unknown {
  if (shape.quantity === true) return normalizeQuantity(value, 9);
  if (Array.isArray(value)) return value.map((item: unknown) => fillDefaults(item, shape.items ?? none));
  if (!isJsonObject(value)) return value;
  return shape.mapOf === undefined ? fillObject(value, shape) : normalizeMap(value, shape.mapOf);
}
