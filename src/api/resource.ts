import { Type } from 'typebox';
import type { KubernetesObject, ObjectMeta, ResourceType } from './meta.ts';
import { object, optional, required, text } from './schema.ts';
import type { Schema } from './schema.ts';

export const monitoringGroup = 'monitoring.coreos.com';

/** A resource type of our group. */
export function defineType(version: string, kind: string, plural: string): ResourceType {
  return { group: monitoringGroup, version, plural, kind, namespaced: true };
}

/** Embedded metadata; at the root of a resource the API server knows its fields. */
export const objectMetadata: Schema<ObjectMeta> = Type.Unsafe({ type: 'object' });

/** An object of one of our kinds. */
export interface CustomResource<Spec, Status> extends KubernetesObject {
  spec: Spec;
  status?: Status;
}

/** The root of a custom resource. `metadata` is checked by the API server itself, not by the schema. */
export function resource<Spec, Status>(
  spec: Schema<Spec>,
  status: Schema<Status>,
): Schema<CustomResource<Spec, Status>> {
  const root = object({
    apiVersion: optional(text, 'Group and version of the API, such as "monitoring.coreos.com/v1".'),
    kind: optional(text, 'Kind of the object.'),
    // The API server refuses to have anything said of the root's metadata, even a description.
    metadata: optional(objectMetadata),
    spec: required(spec, 'What is wanted.'),
    status: optional(status, 'What the operator last saw and did; written by the operator only.'),
  });
  return Type.Unsafe(root);
}
