import { atomicObject, flag, object, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const secretKeySelector = atomicObject({
  key: required(text, 'Key inside the Secret.'),
  name: optional(text, 'Name of the Secret, in the namespace of this object.', { default: '' }),
  optional: optional(flag, 'Whether it may be missing. Credentials may not.'),
});

export type SecretKeySelector = Static<typeof secretKeySelector>;

export const configMapKeySelector = atomicObject({
  key: required(text, 'Key inside the ConfigMap.'),
  name: optional(text, 'Name of the ConfigMap, in the namespace of this object.', {
    default: '',
  }),
  optional: optional(flag, 'Whether it may be missing.'),
});

export type ConfigMapKeySelector = Static<typeof configMapKeySelector>;

export const secretOrConfigMap = object({
  configMap: optional(configMapKeySelector, 'A key of a ConfigMap. Set this or secret, not both.'),
  secret: optional(secretKeySelector, 'A key of a Secret. Set this or configMap, not both.'),
});

export type SecretOrConfigMap = Static<typeof secretOrConfigMap>;

export const localObjectReference = atomicObject({
  name: optional(text, 'Name of the object, in the same namespace.', { default: '' }),
});

export type LocalObjectReference = Static<typeof localObjectReference>;
