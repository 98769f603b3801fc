import { isJsonObject } from '../../base/json.ts';
import { nearestName } from './nearest.ts';
import { schemaOfMember } from './structural.ts';
import type { Place } from './structural.ts';
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

function isOpen(schema: Place['schema']): boolean {
  const isMap = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  return isMap || schema['x-kubernetes-preserve-unknown-fields'] === true;
}
