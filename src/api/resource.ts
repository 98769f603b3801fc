import { Type } from 'typebox';
import type { ObjectMeta } from './meta.ts';
import { object, optional, required, text } from './schema.ts';
import type { Schema } from './schema.ts';

export const monitoringGroup = 'monitoring.coreos.com';

/** Embedded metadata; in a custom resource the API server knows its fields. */
export const objectMetadata: Schema<ObjectMeta> = Type.Unsafe({ type: 'object' });

/** The root of a custom resource. */
export function resource<Spec, Status>(spec: Schema<Spec>, status: Schema<Status>) {
  return object({
    apiVersion: optional(text, 'Group and version of the API, such as "monitoring.coreos.com/v1".'),
    kind: optional(text, 'Kind of the object.'),
    metadata: required(objectMetadata, 'Name, namespace, labels and what else every object carries.'),
    spec: required(spec, 'What is wanted.'),
    status: optional(status, 'What the operator last saw and did; written by the operator only.'),
  });
}
