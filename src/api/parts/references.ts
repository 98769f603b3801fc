import { atomicObject, flag, object, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const secretKeySelector = atomicObject({
  key: required(text, ''),
  name: optional(text, '', { default: '' }),
  optional: optional(flag, ''),
});

export type SecretKeySelector = Static<typeof secretKeySelector>;

export const configMapKeySelector = atomicObject({
  key: required(text, ''),
  name: optional(text, '', { default: '' }),
  optional: optional(flag, ''),
});

export type ConfigMapKeySelector = Static<typeof configMapKeySelector>;

export const secretOrConfigMap = object({
  configMap: optional(configMapKeySelector, ''),
  secret: optional(secretKeySelector, ''),
});

export type SecretOrConfigMap = Static<typeof secretOrConfigMap>;

export const localObjectReference = atomicObject({
  name: optional(text, '', { default: '' }),
});

export type LocalObjectReference = Static<typeof localObjectReference>;
