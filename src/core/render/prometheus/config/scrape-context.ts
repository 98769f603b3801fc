import type { CommonPrometheusFields } from '../../../../api/parts/prometheus-fields.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import { hashJson } from '../../../../base/hash.ts';
import type { Version } from '../../../../base/version.ts';
import { collectWorkloadReferences } from '../../../assets/plans.ts';
import type { FieldReference } from '../../../assets/references.ts';
import { countShards } from '../shards.ts';
import { chooseDiscovery, listDiscoveryReferences } from '../discovery-choice.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { Gates } from './gates.ts';
import { describeServing } from './serving-context.ts';
import type { ServingContext } from './serving-context.ts';
import { renderShardingRules } from './sharding-rules.ts';
import type { ShardingPlan, ShardingRules } from './sharding-rules.ts';

/** Fields of a workload that its monitors' checks and jobs depend on: they see no others. */
const scrapeFields = [
  'apiserverConfig',
  'arbitraryFSAccessThroughSMs',
  'enforcedBodySizeLimit',
  'enforcedKeepDroppedTargets',
  'enforcedLabelLimit',
  'enforcedLabelNameLengthLimit',
  'enforcedLabelValueLengthLimit',
  'enforcedNamespaceLabel',
  'enforcedSampleLimit',
  'enforcedTargetLimit',
  'excludedFromEnforcement',
  'ignoreNamespaceSelectors',
  'nameEscapingScheme',
  'nameValidationScheme',
  'overrideHonorLabels',
  'overrideHonorTimestamps',
  'podTargetLabels',
  'scrapeClasses',
  'scrapeInterval',
  'serviceDiscoveryRole',
] as const satisfies readonly (keyof CommonPrometheusFields)[];

type ScrapeFields = Pick<CommonPrometheusFields, (typeof scrapeFields)[number]>;

/**
 * What the checks and jobs of all monitors of one workload depend on besides the monitor and its assets: made once a sync,
 * and never changed.
 */
export interface ScrapeContext {
  /** Changes whenever any of it changes. */
  readonly id: string;
  /** Of the workload, where the keys are that its own fields refer to. */
  readonly namespace: string;
  readonly daemonSet: boolean;
  readonly version: Version;
  readonly gates: Gates;
  readonly spec: ScrapeFields;
  readonly classes: ReadonlyMap<string, ScrapeClass>;
  readonly defaultClass: ScrapeClass | undefined;
  readonly endpointSlices: boolean;
  readonly podTopologyLabels: boolean;
  readonly sharding: ShardingPlan;
  readonly shardingRules: ShardingRules;
  /** How jobs find the targets that the discovery service has for them; undefined: they discover for themselves. */
  readonly serving: ServingContext | undefined;
  /** Keys that the workload's part of every job refers to. */
  readonly references: readonly FieldReference[];
}

const undivided: ShardingRules = { __address__: [], __param_target: [] };

function planSharding({ spec, settings, role }: PrometheusWorkload): ShardingPlan {
  const strategy = spec.shardingStrategy;
  const zones = strategy?.topology?.values?.length ?? 0;
  const topology = settings.gates.PrometheusTopologySharding && strategy?.mode === 'Topology' && zones > 0;
  return {
    shards: countShards(spec),
    zones: topology ? zones : undefined,
    retention: role === 'server' && settings.gates.PrometheusShardRetentionPolicy,
  };
}

/** Takes from a workload what its monitors depend on. */
export function describeScraping(workload: PrometheusWorkload): ScrapeContext {
  const { spec, version, settings, form } = workload;
  const picked = Object.fromEntries(scrapeFields.map((field) => [field, spec[field]])) as ScrapeFields;
  const classes = spec.scrapeClasses ?? [];
  const plain = {
    namespace: workload.owner.metadata.namespace ?? '',
    daemonSet: form === 'DaemonSet',
    spec: picked,
    endpointSlices: settings.capabilities.endpointSlices,
    podTopologyLabels: settings.capabilities.podTopologyLabels,
    sharding: planSharding(workload),
    serving: describeServing(workload, chooseDiscovery(workload).service),
  };
  return {
    ...plain,
    id: hashJson({ ...plain, version: version.toString() }),
    version,
    // Where the discovery service gives each node its own targets there is nothing to divide.
    shardingRules:
      plain.daemonSet && plain.serving !== undefined
        ? undivided
        : renderShardingRules(plain.sharding, plain.podTopologyLabels),
    gates: new Gates(version),
    classes: new Map(classes.map((one) => [one.name, one])),
    defaultClass: classes.find((one) => one.default === true),
    references: [
      ...collectWorkloadReferences({ metadata: workload.owner.metadata, spec: picked }),
      ...listDiscoveryReferences(workload),
    ],
  };
}
