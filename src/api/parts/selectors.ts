import { byteSize, selectorMechanism } from './scalars.ts';
import { atomicList, atomicObject, flag, list, object, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';

export const labelSelectorRequirement = object({
  key: required(text, ''),
  operator: required(text, ''),
  values: optional(atomicList(text), ''),
});

export type LabelSelectorRequirement = Static<typeof labelSelectorRequirement>;

export const labelSelector = atomicObject({
  matchExpressions: optional(atomicList(labelSelectorRequirement), ''),
  matchLabels: optional(textMap, ''),
});

export type LabelSelector = Static<typeof labelSelector>;

export const namespaceSelector = object({
  any: optional(flag, ''),
  matchNames: optional(list(text), ''),
});

export type NamespaceSelector = Static<typeof namespaceSelector>;

export const attachMetadata = object({
  node: optional(flag, ''),
});

export type AttachMetadata = Static<typeof attachMetadata>;

export const monitorSelection = {
  attachMetadata: optional(attachMetadata, ''),
  bodySizeLimit: optional(byteSize, ''),
  jobLabel: optional(text, ''),
  namespaceSelector: optional(namespaceSelector, ''),
  podTargetLabels: optional(list(text), ''),
  selector: required(labelSelector, ''),
  selectorMechanism: optional(selectorMechanism, ''),
};
