import { isJsonObject } from '../../base/json.ts';
import type { StructuralSchema } from './structural.ts';
import type { Violation } from './violation.ts';

const text = { type: 'string' };
const count = { type: 'integer', format: 'int64' };
const flag = { type: 'boolean' };
const time = { type: 'string', format: 'date-time' };
const texts = { type: 'object', additionalProperties: text };

const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';

const ownerReference = {
  type: 'object',
  required: ['apiVersion', 'kind', 'name', 'uid'],
  properties: { apiVersion: text, kind: text, name: text, uid: text, controller: flag, blockOwnerDeletion: flag },
};

/** Metadata as the API server checks it for every resource of ours; CRDs may not say it. */
const metadata = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      maxLength: 253,
      pattern: `^${subdomain}$`,
      hint: 'a name of lower case letters, digits, "-" and "."',
    },
    generateName: text,
    namespace: {
      type: 'string',
      maxLength: 63,
      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
      hint: 'a name of lower case letters, digits and "-"',
    },
    labels: {
      type: 'object',
      additionalProperties: {
        type: 'string',
        maxLength: 63,
        pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
        hint: 'letters, digits, "-", "_" and ".", with a letter or digit at both ends',
      },
    },
    annotations: texts,
    finalizers: { type: 'array', items: text },
    ownerReferences: { type: 'array', items: ownerReference },
    managedFields: { type: 'array', items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: count,
    generation: count,
    resourceVersion: text,
    selfLink: text,
    uid: text,
  },
} as const;

/** The schema of a resource with what is known of its metadata. */
export function withMetadata(schema: StructuralSchema): StructuralSchema {
  return { ...schema, properties: { ...schema.properties, metadata } };
}

/** Every object needs a name, or a start of one that the API server completes. */
export function findNameless(object: unknown): Violation[] {
  if (!isJsonObject(object)) return [];
  const { name, generateName } = isJsonObject(object.metadata) ? object.metadata : {};
  if ([name, generateName].some((one) => one !== undefined && one !== null && one !== '')) return [];
  return [{ reason: 'InvalidValue', path: 'metadata.name', value: undefined, message: 'Required field is missing' }];
}
