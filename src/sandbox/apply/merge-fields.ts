/** Merging an applied configuration into the live object. Inputs stay as they are. */
import { cloneJson, isJsonObject, setMember } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { memberSchema } from '../schema/schema.ts';
import type { Schema } from '../schema/schema.ts';
import { indexItems, isAssociative, isGranular } from './list-items.ts';

export function mergeFields(live: unknown, applied: unknown, schema: Schema | undefined): unknown {
  if (isJsonObject(live) && isJsonObject(applied) && (schema === undefined || isGranular(schema))) {
    const result: JsonObject = { ...live };
    for (const [key, value] of Object.entries(applied)) {
      const inner = schema === undefined ? undefined : memberSchema(schema, key);
      setMember(result, key, mergeFields(Object.hasOwn(live, key) ? live[key] : undefined, value, inner));
    }
    return result;
  }
  if (Array.isArray(live) && Array.isArray(applied) && schema !== undefined && isAssociative(schema)) {
    return mergeItems(live, applied, schema);
  }
  return cloneJson(applied);
}

/**
 * Walks both lists side by side (structured-merge-diff, visitListItems): applied elements keep their order, elements that only the live
 * list has stay where they stand among those that both have.
 */
function mergeItems(live: readonly unknown[], applied: readonly unknown[], schema: Schema): unknown[] {
  const before = indexItems(live, schema);
  const after = indexItems(applied, schema);
  const left = [...before.keys()];
  const right = [...after.keys()];
  const shared = right.filter((step) => before.has(step));
  const done = new Set<string>();
  const result: unknown[] = [];
  const take = (step: string): void => {
    done.add(step);
    if (step === shared[0]) shared.shift();
    const item = after.get(step);
    result.push(before.has(step) ? mergeFields(before.get(step), item, schema.items) : cloneJson(item));
  };
  while (left.length > 0 || right.length > 0) {
    const [ours] = left;
    const [theirs] = right;
    if (ours !== undefined && !after.has(ours)) {
      result.push(before.get(ours));
      left.shift();
    } else if (
      ours !== undefined &&
      (done.has(ours) || (theirs !== undefined && ours !== theirs && ours !== shared[0]))
    ) {
      left.shift();
    } else if (theirs !== undefined) {
      take(theirs);
      right.shift();
      if (ours === theirs) left.shift();
    } else {
      left.shift();
    }
  }
  return result;
}
