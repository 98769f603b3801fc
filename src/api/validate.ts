import type { CustomKind } from './crd.ts';
import { customKinds } from './kinds.ts';
import type { ResourceType } from './meta.ts';
import type { Schema } from './schema.ts';
import { withDefaults } from './validation/defaults.ts';
import { findDuplicates } from './validation/list-errors.ts';
import { findNameless, withMetadata } from './validation/metadata.ts';
import { RuleChecker } from './validation/rules.ts';
import { compileSchemaCheck } from './validation/schema-errors.ts';
import type { SchemaCheck } from './validation/schema-errors.ts';
import { walkValue } from './validation/structural.ts';
import type { StructuralSchema } from './validation/structural.ts';
import { findUnknownFields } from './validation/unknown-fields.ts';
import type { Deprecation, Violation } from './validation/violation.ts';

/** The part of a resource type that names a schema. */
export type SchemaName = Pick<ResourceType, 'version' | 'kind'>;

/**
 * Says what the API server would say of objects of our kinds, without one. Schemas are compiled at first use and kept,
 * so make one for the life of the program.
 */
export class Validator {
  readonly #schemas = new Map<string, StructuralSchema>();
  readonly #checks = new Map<string, SchemaCheck>();
  readonly #rules = new RuleChecker();

  constructor(kinds: readonly CustomKind[] = customKinds) {
    for (const { type, versions } of kinds) {
      for (const { version, schema } of versions)
        this.#schemas.set(nameSchema({ kind: type.kind, version }), withMetadata(structureOf(schema)));
    }
  }

  /** Whether the kind is ours and the version is known. */
  knows(type: SchemaName): boolean {
    return this.#schemas.has(nameSchema(type));
  }

  /**
   * Everything wrong with an object, in the order in which the API server works: unknown fields, then, with defaults
   * set, types and limits, then, when those hold, CEL rules. Empty for a kind that is not ours.
   */
  validate(type: SchemaName, object: unknown): Violation[] {
    const schema = this.#schemas.get(nameSchema(type));
    if (schema === undefined) return [];
    const unknown = this.listUnknown(type, object);
    const complete = withDefaults(schema, object);
    const places = [...walkObject(schema, complete)];
    const named = findNameless(object);
    const invalid = [...named, ...this.#check(type, schema)(complete), ...places.flatMap(findDuplicates)];
    if (invalid.length > 0) return [...unknown, ...invalid];
    return [...unknown, ...places.flatMap((place) => this.#rules.findBroken(place))];
  }

  /** Fields that the schema does not know. Needs no compiled schema. */
  listUnknown(type: SchemaName, object: unknown): Violation[] {
    const schema = this.#schemas.get(nameSchema(type));
    return schema === undefined ? [] : [...walkObject(schema, object)].flatMap(findUnknownFields);
  }

  /** Fields in use that should not be used any more, with what to use instead. */
  listDeprecated(type: SchemaName, object: unknown): Deprecation[] {
    const schema = this.#schemas.get(nameSchema(type));
    if (schema === undefined) return [];
    return [...walkObject(schema, object)].flatMap(({ schema: { deprecated }, path }) =>
      deprecated === undefined ? [] : [{ path, message: deprecated }],
    );
  }

  #check(type: SchemaName, schema: StructuralSchema): SchemaCheck {
    const name = nameSchema(type);
    const known = this.#checks.get(name);
    if (known !== undefined) return known;
    const check = compileSchemaCheck(schema);
    this.#checks.set(name, check);
    return check;
  }
}

/**
 * An object as it comes back from the API server: fields that may not be null are not, defaults are set. Needs no
 * compiled schema. The object itself stays as it is.
 */
export function applyDefaults<T>(schema: Schema<T>, object: T): T {
  return withDefaults(structureOf(schema), object) as T;
}

const structureOf = (schema: object): StructuralSchema => schema;
const nameSchema = ({ version, kind }: SchemaName): string => `${version}/${kind}`;

const walkObject = (schema: StructuralSchema, value: unknown): ReturnType<typeof walkValue> =>
  walkValue({ schema, value, path: '' });
