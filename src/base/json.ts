/** JSON values as data: what every patch format, the sandbox and the renderers share. */

/** A JSON object of unknown shape; absent members are undefined. */
export type JsonObject = Record<string, unknown>;

/** The fields that are not null: to the API server null is no value. The same object where none is. */
export function dropNulls<T extends object>(fields: T): T {
  const entries = Object.entries(fields);
  const given = entries.filter(([, value]) => value !== null);
  return given.length === entries.length ? fields : (Object.fromEntries(given) as T);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A deep copy; members whose value is undefined are left out. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => cloneJson(item)) as T;
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined) setMember(copy, key, cloneJson(member));
  }
  return copy as T;
}

/** Equality of JSON values: order of members is no matter, an undefined member is an absent one. */
export function equalJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => equalJson(item, right[at]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  return equalMembers(left, right);
}

/** Sets an own member, even one called "__proto__". */
export function setMember(target: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function equalMembers(left: JsonObject, right: JsonObject): boolean {
  const leftKeys = Object.keys(left).filter((key) => left[key] !== undefined);
  const rightKeys = Object.keys(right).filter((key) => right[key] !== undefined);
  if (leftKeys.length !== rightKeys.length) return false;
  return leftKeys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key]));
}
