import type { Schema } from '../schema/schema.ts';

const text: Schema = { type: 'string' };

/** The schema with apiVersion, kind and metadata in every embedded resource: they are checked and pruned as those of objects. */
export function describeEmbedded(schema: Schema, objectMeta: Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  const inner = {
    ...schema,
    ...(properties === undefined
      ? {}
      : { properties: mapValues(properties, (one) => describeEmbedded(one, objectMeta)) }),
    ...(items === undefined ? {} : { items: describeEmbedded(items, objectMeta) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: describeEmbedded(additionalProperties, objectMeta) }
      : {}),
  };
  if (schema['x-kubernetes-embedded-resource'] !== true) return inner;
  return {
    ...inner,
    properties: { ...inner.properties, apiVersion: text, kind: text, metadata: objectMeta },
    required: [...new Set([...(schema.required ?? []), 'apiVersion', 'kind'])],
  };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
