import { equalJson, isJsonObject } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';

/** A field in which a live object is not as it should be. Both sides are in the form that the API server stores. */
export interface FieldDifference {
  /** Such as `spec.template.spec.containers[prometheus].image`; elements are named where they have names. */
  readonly path: string;
  /** Undefined when the field should not be there. */
  readonly desired: unknown;
  /** Undefined when the field is missing. */
  readonly live: unknown;
}

const join = (path: string, key: string): string => {
  const plain = /^[A-Za-z_]\w*$/.test(key);
  if (!plain) return `${path}["${key}"]`;
  return path === '' ? key : `${path}.${key}`;
};

/** The elements by name, or undefined when they cannot be told apart by name. */
function indexByName(list: readonly unknown[]): Map<string, unknown> | undefined {
  const names = list.map((item) => (isJsonObject(item) && typeof item.name === 'string' ? item.name : undefined));
  if (names.includes(undefined) || new Set(names).size !== names.length) return undefined;
  return new Map(list.map((item, index) => [names[index] ?? '', item]));
}

/** Named elements are compared with those of the same name; a change of order is a difference of its own. */
function compareNamed(desired: Map<string, unknown>, live: Map<string, unknown>, path: string): FieldDifference[] {
  const names = [...new Set([...desired.keys(), ...live.keys()])];
  const found = names.flatMap((name) => compareJson(desired.get(name), live.get(name), `${path}[${name}]`));
  const order = [...desired.keys()].filter((name) => live.has(name));
  const liveOrder = [...live.keys()].filter((name) => desired.has(name));
  return equalJson(order, liveOrder) ? found : [...found, { path, desired: order, live: liveOrder }];
}

function compareLists(desired: readonly unknown[], live: readonly unknown[], path: string): FieldDifference[] {
  const [desiredNames, liveNames] = [indexByName(desired), indexByName(live)];
  if (desiredNames !== undefined && liveNames !== undefined) return compareNamed(desiredNames, liveNames, path);
  if (desired.length !== live.length || !desired.every(isJsonObject)) return [{ path, desired, live }];
  return desired.flatMap((item, index) => compareJson(item, live[index], `${path}[${index}]`));
}

function compareObjects(desired: JsonObject, live: JsonObject, path: string): FieldDifference[] {
  const keys = [...new Set([...Object.keys(desired), ...Object.keys(live)])];
  return keys.flatMap((key) => compareJson(desired[key], live[key], join(path, key)));
}

/** All differences, deepest fields first named; an undefined member is an absent one. */
export function compareJson(desired: unknown, live: unknown, path: string): FieldDifference[] {
  if (equalJson(desired, live)) return [];
  if (isJsonObject(desired) && isJsonObject(live)) return compareObjects(desired, live, path);
  if (Array.isArray(desired) && Array.isArray(live)) return compareLists(desired, live, path);
  return [{ path, desired, live }];
}
