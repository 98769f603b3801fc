import { cloneJson, isJsonObject, setMember } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { schemaOfMember } from './structural.ts';
import type { StructuralSchema } from './structural.ts';

/**
 * What the API server makes of a value before it validates it: absent fields, and nulls where null is not allowed, get
 * their defaults, from the outside to the inside. A null without a default stays, to be refused. The value itself
 * stays as it is.
 */
export function withDefaults(schema: StructuralSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item: unknown) => withDefaults(items, item));
  }
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const inner = schemaOfMember(schema, name);
    setMember(result, name, inner === undefined ? member : withDefaults(inner, member));
  }
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (inner.default !== undefined && isOpenToDefault(result[name], inner)) {
      result[name] = withDefaults(inner, cloneJson(inner.default));
    }
  }
  return result;
}

function isOpenToDefault(member: unknown, schema: StructuralSchema): boolean {
  return member === undefined || (member === null && schema.nullable !== true);
}
