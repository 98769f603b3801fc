import type { StructuralSchema } from '../../../src/api/validation/structural.ts';

/** A structural schema with the keywords that say what a value may be. */
export interface ValueSchema extends StructuralSchema {
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly items?: ValueSchema;
  readonly additionalProperties?: ValueSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly 'x-kubernetes-int-or-string'?: boolean;
}
