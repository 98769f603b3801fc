/** Identity of list elements: the step that leads to each, by the list's keys or by value. */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Schema } from '../schema/schema.ts';

/** True for lists whose elements have owners of their own. */
export function isAssociative(schema: Schema): boolean {
  const type = schema['x-kubernetes-list-type'];
  return schema.type === 'array' && (type === 'map' || type === 'set');
}

/** True for objects whose members have owners of their own. */
export function isGranular(schema: Schema): boolean {
  return schema['x-kubernetes-map-type'] !== 'atomic';
}

export function stepOfItem(item: unknown, schema: Schema): string {
  if (schema['x-kubernetes-list-type'] === 'set') return `v:${JSON.stringify(item)}`;
  const properties = schema.items?.properties ?? {};
  const keys: JsonObject = {};
  for (const key of [...(schema['x-kubernetes-list-map-keys'] ?? [])].sort()) {
    const value = (isJsonObject(item) ? item[key] : undefined) ?? properties[key]?.default;
    if (value !== undefined) keys[key] = value;
  }
  return `k:${JSON.stringify(keys)}`;
}

/** The elements by step; of duplicates the first. */
export function indexItems(list: readonly unknown[], schema: Schema): Map<string, unknown> {
  const index = new Map<string, unknown>();
  for (const item of list) {
    const step = stepOfItem(item, schema);
    if (!index.has(step)) index.set(step, item);
  }
  return index;
}
