import { count, flag, list, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { byteSize } from './scalars.ts';

export const arbitraryFSAccessThroughSMsConfig = object({
  deny: optional(
    flag,
    'Refuses monitors that name files of the Prometheus container, so that their authors cannot read, for instance, its ServiceAccount token.',
  ),
});

export type ArbitraryFSAccessThroughSMsConfig = Static<typeof arbitraryFSAccessThroughSMsConfig>;

export const objectReference = object({
  group: optional(oneOf('monitoring.coreos.com'), 'API group of the object.', { default: 'monitoring.coreos.com' }),
  name: optional(text, 'Name of the object. All objects of the resource in the namespace when not set.'),
  namespace: required(nonEmpty, 'Namespace of the object.'),
  resource: required(
    oneOf('prometheusrules', 'servicemonitors', 'podmonitors', 'probes', 'scrapeconfigs'),
    'Resource of the object, in the plural.',
  ),
});

export type ObjectReference = Static<typeof objectReference>;

/** What a Prometheus or agent lets monitors do. */
export const enforcementFields = {
  arbitraryFSAccessThroughSMs: optional(
    arbitraryFSAccessThroughSMsConfig,
    'Whether monitors may name files of the Prometheus container.',
  ),
  enforcedBodySizeLimit: optional(
    byteSize,
    'Most that bodySizeLimit of a monitor may be; it is also the limit of monitors without one.',
    { since: 'Prometheus 2.28.0' },
  ),
  enforcedKeepDroppedTargets: optional(
    count,
    'Most that keepDroppedTargets of a monitor may be; it is also the limit of monitors without one.',
    { since: 'Prometheus 2.47.0' },
  ),
  enforcedLabelLimit: optional(
    count,
    'Most that labelLimit of a monitor may be; it is also the limit of monitors without one.',
    { since: 'Prometheus 2.27.0' },
  ),
  enforcedLabelNameLengthLimit: optional(
    count,
    'Most that labelNameLengthLimit of a monitor may be; it is also the limit of monitors without one.',
    { since: 'Prometheus 2.27.0' },
  ),
  enforcedLabelValueLengthLimit: optional(
    count,
    'Most that labelValueLengthLimit of a monitor may be; it is also the limit of monitors without one.',
    { since: 'Prometheus 2.27.0' },
  ),
  enforcedNamespaceLabel: optional(
    text,
    'Label to which the namespace of a monitor or rule is written, in its series and in the expressions of rules, so that tenants keep to their own. See excludedFromEnforcement.',
  ),
  enforcedSampleLimit: optional(
    count,
    'Most that sampleLimit of a monitor may be; it is also the limit of monitors without one.',
  ),
  enforcedTargetLimit: optional(
    count,
    'Most that targetLimit of a monitor may be; it is also the limit of monitors without one.',
    { since: 'Prometheus 2.21.0' },
  ),
  excludedFromEnforcement: optional(
    list(objectReference),
    'Objects to which the enforced namespace label is not added. Needs enforcedNamespaceLabel.',
  ),
  overrideHonorLabels: optional(
    flag,
    'Keeps monitors from replacing labels of the target: honorLabels counts as false everywhere.',
  ),
  overrideHonorTimestamps: optional(
    flag,
    'Ignores timestamps in scraped data: honorTimestamps counts as false everywhere.',
  ),
};
