import { renderSchema } from '../../../src/api/crd.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import type { Schema } from '../../../src/api/schema.ts';
import { breakObject } from './break-object.ts';
import type { Damage } from './break-object.ts';
import { makeValue } from './make-object.ts';
import { Random } from './random.ts';
import type { ValueSchema } from './schema.ts';

/** An object made from the constraints of its kind. */
export interface GeneratedObject {
  readonly plural: string;
  readonly kind: string;
  readonly version: string;
  readonly seed: number;
  readonly object: Record<string, unknown>;
  /** What was broken in it, if anything. CEL rules may be broken besides. */
  readonly damage: Damage | undefined;
}

/**
 * Objects of all kinds and versions in turn, or of one of them ("AlertmanagerConfig v1alpha1"). The same seed gives the
 * same objects.
 */
export function generateObjects(count: number, firstSeed: number, isBroken: boolean, only?: string): GeneratedObject[] {
  const sources = customKinds
    .flatMap(({ type, versions }) =>
      versions.map(({ version, schema }) => ({ type, version, schema: valueSchemaOf(schema) })),
    )
    .filter(({ type, version }) => only === undefined || only === `${type.kind} ${version}`);
  return Array.from({ length: count }, (_, index) => {
    const { type, version, schema } = sources[index % sources.length]!;
    const seed = firstSeed + index;
    const random = new Random(seed);
    const { spec } = schema.properties!;
    const object: Record<string, unknown> = {
      apiVersion: `${type.group}/${version}`,
      kind: type.kind,
      metadata: { name: `generated-${seed}` },
      spec: makeValue(spec!, random),
    };
    const damage = isBroken ? breakObject(schema, object, random) : undefined;
    return { plural: type.plural, kind: type.kind, version, seed, object, damage };
  });
}

const valueSchemaOf = (schema: Schema): ValueSchema => renderSchema(schema);
