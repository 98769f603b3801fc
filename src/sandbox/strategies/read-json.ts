/** Reading JSON whose shape the schema has checked: absent steps give undefined or an empty list. */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** The object at `name`; a detached empty one when it is absent. */
export function objectAt(parent: JsonObject, name: string): JsonObject {
  const value = parent[name];
  return isJsonObject(value) ? value : {};
}

/** The object at `name`, made when it is absent. */
export function ensureObject(parent: JsonObject, name: string): JsonObject {
  const value = parent[name];
  if (isJsonObject(value)) return value;
  const made: JsonObject = {};
  parent[name] = made;
  return made;
}

/** The elements that are objects. */
export function objectsAt(parent: JsonObject, name: string): JsonObject[] {
  const value = parent[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function textAt(parent: JsonObject, name: string): string {
  const value = parent[name];
  return typeof value === 'string' ? value : '';
}

export function numberAt(parent: JsonObject, name: string): number | undefined {
  const value = parent[name];
  return typeof value === 'number' ? value : undefined;
}

/** Sets each member that is absent, null, "" or 0. */
export function setDefaults(target: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) {
    const current = target[key];
    if (current === undefined || current === null || current === '' || current === 0) target[key] = value;
  }
}

/** Sets each member that is absent or null: for pointers, where a zero value is a choice. */
export function setAbsent(target: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) target[key] ??= value;
}
