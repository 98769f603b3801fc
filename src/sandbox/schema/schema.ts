/** Structural schemas: the part of JSON schema that CRDs use, and what built-in types need besides. */

export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** What happens to a field's zero value when a Go struct is encoded: dropped (absent here), kept, or filled in. */
export type ZeroRule = 'keep' | 'fill';

export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
  /** Built-in objects: name of the Go struct. */
  readonly goType?: string;
  /** Built-in objects: fields whose zero value is not dropped. */
  readonly zeros?: Readonly<Record<string, ZeroRule>>;
  /** Built-in objects: protocol buffers numbers of the fields; "2.3" is field 3 of the message in field 2. */
  readonly numbers?: Readonly<Record<string, string>>;
}

/** The schema of a member of an object, undefined when it is unknown. */
export function memberSchema(schema: Schema, name: string): Schema | undefined {
  const declared = schema.properties;
  if (declared !== undefined && Object.hasOwn(declared, name)) return declared[name];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}
