/** JSON values as data: what every patch format, the sandbox and the renderers share. */

/** A JSON object of unknown shape; absent members are undefined. */
export type JsonObject = Record<string, unknown>;

/**
 * The value without members that are null, at any depth: to the API server they are no values. What has none is the same
 * object as before. @param value nested no deeper than the bounds of objects allow.
 */
export function dropNulls<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => dropNulls(item));
    return items.every((item, at) => item === value[at]) ? value : (items as T);
  }
  const entries = Object.entries(value);
  const given = entries.flatMap(([key, inner]) => (inner === null ? [] : [[key, dropNulls(inner)] as const]));
  const isSame = given.length === entries.length && given.every(([, inner], at) => inner === entries[at]?.[1]);
  return isSame ? value : (Object.fromEntries(given) as T);
}

/** Whether a value is nested deeper than so many levels. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  const waiting: (readonly [value: unknown, depth: number])[] = [[value, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [inner, depth] = next;
    if (typeof inner !== 'object' || inner === null) continue;
    if (depth >= levels) return true;
    for (const member of Object.values(inner)) waiting.push([member, depth + 1]);
  }
  return false;
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
