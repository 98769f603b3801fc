/** Taking out what a manager no longer applies (structured-merge-diff, merge.Updater.prune). Inputs stay as they are. */
import { isJsonObject, setMember } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { memberSchema } from '../schema/schema.ts';
import type { Schema } from '../schema/schema.ts';
import { collectFields } from './collect-fields.ts';
import { emptySet, intersect, isEmptySet, subtract, unite } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { isAssociative, isGranular, stepOfItem } from './list-items.ts';

/**
 * Removes from `merged` what is in `last`, except what somebody manages now: `managed` holds the fields of all managers, the new
 * ones of the applier included. An element of a keyed list goes as a whole when nobody manages the element itself.
 */
export function pruneFields(
  merged: JsonObject,
  sets: { last: FieldSet; managed: FieldSet },
  schema: Schema,
): JsonObject {
  const named = (set: FieldSet): FieldSet => nameFields(set, schema);
  const remove = (set: FieldSet): JsonObject => (removeFields(merged, set, schema) ?? {}) as JsonObject;
  const fieldsOf = (value: JsonObject): FieldSet => named(collectFields(value, schema));
  const last = named(sets.last);
  if (isEmptySet(last)) return merged;
  const all = fieldsOf(merged);
  const withOwned = remove(subtract(all, unite(fieldsOf(remove(last)), named(sets.managed))));
  return remove(intersect(subtract(all, fieldsOf(withOwned)), last));
}

/** Makes declared members that lead to fields fields themselves: with the last of them goes the member. */
function nameFields(set: FieldSet, schema: Schema | undefined): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, child] of set.children) {
    const declared =
      step.startsWith('f:') && schema?.properties !== undefined && Object.hasOwn(schema.properties, step.slice(2));
    const inner = nameFields(child, schemaAt(schema, step));
    children.set(step, declared ? { ...inner, member: true } : inner);
  }
  return { member: set.member, children };
}

function schemaAt(schema: Schema | undefined, step: string): Schema | undefined {
  if (schema === undefined) return undefined;
  return step.startsWith('f:') ? memberSchema(schema, step.slice(2)) : schema.items;
}

/** The value without the members of the set; undefined when nothing is left. */
function removeFields(value: unknown, set: FieldSet, schema: Schema | undefined): unknown {
  if (isJsonObject(value))
    return schema === undefined || isGranular(schema) ? removeMembers(value, set, schema) : undefined;
  if (!Array.isArray(value)) return value;
  if (schema === undefined || !isAssociative(schema)) return undefined;
  const items = value.flatMap((item: unknown) => {
    const below = set.children.get(stepOfItem(item, schema)) ?? emptySet;
    if (below.member) return [];
    return [below.children.size === 0 ? item : removeFields(item, below, schema.items)];
  });
  return items.length === 0 ? undefined : items;
}

function removeMembers(value: JsonObject, set: FieldSet, schema: Schema | undefined): JsonObject | undefined {
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const below = set.children.get(`f:${key}`) ?? emptySet;
    if (below.member) continue;
    const kept = below.children.size === 0 ? member : removeFields(member, below, schemaAt(schema, `f:${key}`));
    if (kept !== undefined) setMember(result, key, kept);
  }
  return Object.keys(result).length === 0 ? undefined : result;
}
