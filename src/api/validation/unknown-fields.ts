import { isJsonObject, setMember } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { nearestName } from './nearest.ts';
import { schemaOfMember } from './structural.ts';
import type { Place, StructuralSchema } from './structural.ts';
import { joinPath } from './violation.ts';
import type { Violation } from './violation.ts';

/** Fields of one object that its schema does not know and the API server therefore drops. */
export function findUnknownFields({ schema, value, path }: Place): Violation[] {
  if (!isJsonObject(value) || isOpen(schema)) return [];
  const known = Object.keys(schema.properties ?? {});
  return Object.keys(value)
    .filter((name) => schemaOfMember(schema, name) === undefined)
    .map((name) => {
      const nearest = nearestName(name, known);
      const hint = nearest === undefined ? '' : `: did you mean "${nearest}"?`;
      return {
        reason: 'UnknownField',
        path: joinPath(path, name),
        value: value[name],
        message: `Unknown field "${name}"${hint}`,
      };
    });
}

/** A copy of a value without the fields that its schema does not know: what the API server stores (pruning). */
export function pruneUnknownFields(schema: StructuralSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item: unknown) => pruneUnknownFields(items, item));
  }
  if (!isJsonObject(value)) return value;
  const kept: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const inner = schemaOfMember(schema, name);
    if (inner !== undefined) setMember(kept, name, pruneUnknownFields(inner, member));
    else if (isOpen(schema)) setMember(kept, name, member);
  }
  return kept;
}

function isOpen(schema: StructuralSchema): boolean {
  const isMap = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  return isMap || schema['x-kubernetes-preserve-unknown-fields'] === true;
}
