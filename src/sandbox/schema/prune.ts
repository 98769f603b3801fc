/** Custom objects: defaults of the schema filled in, unknown fields taken out. Objects are the caller's copies and change in place. */
import { cloneJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { memberSchema } from './schema.ts';
import type { Schema } from './schema.ts';

/** Fills in defaults; null where null is not allowed becomes the default, or goes. */
export function applySchemaDefaults(value: unknown, schema: Schema): void {
  if (Array.isArray(value)) {
    if (schema.items !== undefined) for (const item of value) applySchemaDefaults(item, schema.items);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [name, member] of Object.entries(schema.properties ?? {})) applyMemberDefault(value, name, member);
  for (const [name, member] of Object.entries(value)) {
    const inner = memberSchema(schema, name);
    if (inner !== undefined) applySchemaDefaults(member, inner);
  }
}

function applyMemberDefault(value: JsonObject, name: string, member: Schema): void {
  const current = value[name];
  const isRefused = current === null && member.nullable !== true;
  if (current !== undefined && !isRefused) return;
  if (member.default !== undefined) value[name] = cloneJson(member.default);
  else if (isRefused) Reflect.deleteProperty(value, name);
}

/** Removes fields that the schema does not know; returns their paths, in order. `top`: apiVersion, kind and metadata stay. */
export function pruneUnknown(value: unknown, schema: Schema, path = '', top = true): string[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, at) => pruneUnknown(item, items, `${path}[${at}]`, false));
  }
  if (!isJsonObject(value)) return [];
  const keep = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
  const names = Object.keys(value).filter((name) => !top || !typeMembers.includes(name));
  return names.flatMap((name) => pruneMember(value, name, { schema, path, keep }));
}

const typeMembers = ['apiVersion', 'kind', 'metadata'];

interface PruneRule {
  readonly schema: Schema;
  readonly path: string;
  readonly keep: boolean;
}

function pruneMember(value: JsonObject, name: string, { schema, path, keep }: PruneRule): string[] {
  const inner = memberSchema(schema, name);
  const place = path === '' ? name : `${path}.${name}`;
  if (inner !== undefined) return pruneUnknown(value[name], inner, place, false);
  if (keep) return [];
  Reflect.deleteProperty(value, name);
  return [place];
}
