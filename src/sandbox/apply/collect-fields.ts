import { isJsonObject } from '../../base/json.ts';
import { memberSchema } from '../schema/schema.ts';
import type { Schema } from '../schema/schema.ts';
import { leafSet, makeSet, unite } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { isAssociative, isGranular, stepOfItem } from './list-items.ts';

/** The fields that an applied configuration sets. */
export function collectFields(value: unknown, schema: Schema | undefined): FieldSet {
  if (Array.isArray(value)) {
    if (schema === undefined || !isAssociative(schema)) return leafSet;
    const items = value.map((item) => [stepOfItem(item, schema), unite(collectItem(item, schema), leafSet)] as const);
    return makeSet(false, items);
  }
  if (!isJsonObject(value) || (schema !== undefined && !isGranular(schema))) return leafSet;
  const members = Object.entries(value).map(([key, member]) => {
    const declared = schema?.properties !== undefined && Object.hasOwn(schema.properties, key);
    const below = collectFields(member, schema === undefined ? undefined : memberSchema(schema, key));
    const empty = isJsonObject(member) && Object.keys(member).length === 0;
    return [`f:${key}`, declared && !empty ? below : unite(below, leafSet)] as const;
  });
  return makeSet(false, members);
}

function collectItem(item: unknown, schema: Schema): FieldSet {
  return isJsonObject(item) ? collectFields(item, schema.items) : leafSet;
}
