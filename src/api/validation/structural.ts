import { isJsonObject } from '../../base/json.ts';
import { joinPath } from './violation.ts';

/** The keywords of a structural schema that are read while walking a value. */
export interface StructuralSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly items?: StructuralSchema;
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly deprecated?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string }[];
}

/** A value with the schema it is described by. */
export interface Place {
  readonly schema: StructuralSchema;
  readonly value: unknown;
  readonly path: string;
}

/** The schema of a member of an object, if it has one. */
export function schemaOfMember(schema: StructuralSchema, name: string): StructuralSchema | undefined {
  const { properties, additionalProperties } = schema;
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Visits a value and all values in it that have a schema, parents first. */
export function* walkValue(place: Place): Generator<Place> {
  yield place;
  const { schema, value, path } = place;
  if (Array.isArray(value)) {
    if (schema.items === undefined) return;
    for (const [index, item] of value.entries()) {
      yield* walkValue({ schema: schema.items, value: item, path: joinPath(path, index) });
    }
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      const inner = schemaOfMember(schema, name);
      if (inner !== undefined) yield* walkValue({ schema: inner, value: member, path: joinPath(path, name) });
    }
  }
}
