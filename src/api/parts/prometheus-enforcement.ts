import { byteSize } from './scalars.ts';
import { count, flag, list, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const arbitraryFSAccessThroughSMsConfig = object({
  deny: optional(flag, ''),
});

export type ArbitraryFSAccessThroughSMsConfig = Static<typeof arbitraryFSAccessThroughSMsConfig>;

export const objectReference = object({
  group: optional(oneOf('monitoring.coreos.com'), '', { default: 'monitoring.coreos.com' }),
  name: optional(text, ''),
  namespace: required(nonEmpty, ''),
  resource: required(oneOf('prometheusrules', 'servicemonitors', 'podmonitors', 'probes', 'scrapeconfigs'), ''),
});

export type ObjectReference = Static<typeof objectReference>;

export const enforcementFields = {
  arbitraryFSAccessThroughSMs: optional(arbitraryFSAccessThroughSMsConfig, ''),
  enforcedBodySizeLimit: optional(byteSize, ''),
  enforcedKeepDroppedTargets: optional(count, ''),
  enforcedLabelLimit: optional(count, ''),
  enforcedLabelNameLengthLimit: optional(count, ''),
  enforcedLabelValueLengthLimit: optional(count, ''),
  enforcedNamespaceLabel: optional(text, ''),
  enforcedSampleLimit: optional(count, ''),
  enforcedTargetLimit: optional(count, ''),
  excludedFromEnforcement: optional(list(objectReference), ''),
  overrideHonorLabels: optional(flag, ''),
  overrideHonorTimestamps: optional(flag, ''),
};
