import { cloneJson, isJsonObject, setMember } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { schemaOfMember } from './structural.ts';
import type { StructuralSchema } from './structural.ts';

/**
 * What the API server makes of a created or updated value before it validates it: nulls in fields where null is not
 * allowed are dropped, then absent fields get their defaults, from the outside to the inside. (Server-side apply is
 * stricter and refuses such nulls.) The value itself stays as it is.
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
    if (inner === undefined) setMember(result, name, member);
    else if (member !== null || inner.nullable === true) setMember(result, name, withDefaults(inner, member));
  }
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (inner.default === undefined || result[name] !== undefined) continue;
    result[name] = withDefaults(inner, cloneJson(inner.default));
  }
  return result;
}
